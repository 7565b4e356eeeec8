import { onDemand } from './on-demand.ts';
import type { StatementArchive } from './statement-archive.ts';

/** The archive in an S3 bucket; its client is loaded for the first statement: most nights make none. */
export function statementArchiveOnDemand(bucket: string): StatementArchive {
  const archive = onDemand(async () => {
    const { createStatementArchive } = await import('./statement-archive.ts');
    return createStatementArchive(bucket);
  });
  return { put: async file => (await archive()).put(file) };
}
