import { runMigrations } from '../../lambdas/deploy/run-migrations.ts';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { testDataApi, testPassword } from './data-api.ts';

/** One for each capability that uses the database, as in lib/constructs/bank-database.ts. */
const logins = capabilities.filter(capability => capability !== 'system').map(capability => `bank_${capability}`);

/** Brings the database at `url` to the newest version of the bank's schema, as a deploy does: through the Data API. */
export async function migrateTemplate(url: string): Promise<void> {
  const endpoint = await testDataApi(url);
  try {
    await runMigrations({
      database: endpoint.database(),
      folder: 'sql',
      logins: Object.fromEntries(logins.map(login => [login, testPassword])),
    });
  } finally {
    await endpoint.close();
  }
}
