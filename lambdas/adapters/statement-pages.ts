import * as z from 'zod';
import { checkWhole } from '../domain/statements/reconcile.ts';
import {
  type StatementDocument,
  type StatementSummary,
  statementHolder,
  statementLine,
  statementSummary,
} from '../domain/statements/statement.ts';

/** A page of a statement as SQL answers it. `last_version` tells which postings the figures were made of. */
export const statementPage = z.object({
  statement: statementSummary,
  holder: statementHolder,
  last_version: z.int().nullable(),
  brought_forward: z.string(),
  lines: z.array(statementLine),
});

export type StatementPage = z.output<typeof statementPage>;

/** Where a page begins: after the line of a transaction, among the postings through a version of the account. */
export interface Place {
  through_version: number | null;
  after_id: string | null;
}

/** So many lines a page: some 850 bytes each at most, and the Data API answers 1 MiB. */
export const linesAtOnce = 1_000;

/**
 * Reads a whole statement page by page, and checks it.
 *
 * @param readPage reads so many lines as `linesAtOnce` says
 * @param admit gets the figures before anything else is read, and throws where that would be too much
 * @throws UnreconciledStatement
 */
export async function wholeStatement(
  readPage: (place: Place) => Promise<StatementPage>,
  admit: (summary: StatementSummary) => void = () => undefined,
): Promise<StatementDocument> {
  const first = await readPage({ through_version: null, after_id: null });
  const { statement: summary, holder, last_version } = first;
  admit(summary);
  const lines = [...first.lines];
  for (let page = first; page.lines.length === linesAtOnce; ) {
    page = await readPage({ through_version: last_version, after_id: page.lines.at(-1)?.transaction_id ?? null });
    lines.push(...page.lines);
  }
  checkWhole(summary, lines);
  return { ...summary, holder, lines };
}
