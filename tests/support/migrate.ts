import * as z from 'zod';
import { runMigrations } from '../../lambdas/deploy/run-migrations.ts';
import { databaseLogins } from '../../lambdas/runtime/route.ts';
import { testDataApi, testPassword } from './data-api.ts';

const logins = databaseLogins.map(name => `bank_${name}`);

/**
 * Brings the database at `url` to the newest version of the bank's schema, as a deploy does: through the Data API. The fraud rules are
 * switched off: most tests move more money, and sooner, than people do. Those about fraud switch on what they are about.
 */
export async function migrateTemplate(url: string): Promise<void> {
  const endpoint = await testDataApi(url);
  try {
    await runMigrations({
      database: endpoint.database(),
      folder: 'sql',
      logins: Object.fromEntries(logins.map(login => [login, testPassword])),
    });
    await endpoint
      .database()
      .query({ sql: 'update bank.fraud_rules set enabled = false returning 0', parameters: {}, answer: z.unknown() });
  } finally {
    await endpoint.close();
  }
}
