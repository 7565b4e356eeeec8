import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { createDatabase, dataApiClient } from '../../lambdas/adapters/database.ts';
import { runMigrations } from '../../lambdas/deploy/run-migrations.ts';
import { databaseLogins } from '../../lambdas/runtime/route.ts';
import { startDataApi } from '../../local/data-api/index.ts';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import type { CleanUp } from '../clean-up.ts';

/** Where the bank of the evaluation, and so its nights, are. */
const timeZone = 'America/New_York';

/** Starts an embedded PostgreSQL with the bank's schema and nothing in it, its fraud rules as a deploy makes them. */
export async function startDatabase(cleanUp: CleanUp, progress: (line: string) => void): Promise<Pool> {
  const directory = await mkdtemp(join(tmpdir(), 'countinghouse-fraud-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false, temporary: true });
  cleanUp.add(() => postgres.stop());
  progress('applying the migrations');
  await migrate(postgres.url);
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  // A session that the stopping server cuts is no failure.
  pool.on('error', () => undefined);
  cleanUp.add(() => pool.end());
  return pool;
}

async function migrate(url: string): Promise<void> {
  const endpoint = await startDataApi({ connect: () => ({ connectionString: url }) });
  const client = dataApiClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'evaluation', secretAccessKey: 'evaluation' },
  });
  try {
    await runMigrations({
      database: createDatabase({
        target: { resourceArn: 'cluster', secretArn: 'superuser', database: 'postgres' },
        client,
        remainingTime: () => 60_000,
      }),
      folder: 'sql',
      logins: Object.fromEntries(databaseLogins.map(login => [`bank_${login}`, 'evaluation'])),
      timeZone,
    });
  } finally {
    client.destroy();
    await endpoint.close();
  }
}
