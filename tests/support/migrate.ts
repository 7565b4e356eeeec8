import { runMigrations } from '../../lambdas/deploy/run-migrations.ts';
import { testDataApi, testPassword } from './data-api.ts';

/** Brings the database at `url` to the newest version of the bank's schema, as a deploy does: through the Data API. */
export async function migrateTemplate(url: string): Promise<void> {
  const endpoint = await testDataApi(url);
  try {
    await runMigrations({
      database: endpoint.database(),
      folder: 'sql',
      logins: { bank_accounts: testPassword, bank_payments: testPassword, bank_transactions: testPassword },
    });
  } finally {
    await endpoint.close();
  }
}
