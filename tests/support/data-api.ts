import { createDatabase, type Database, type DatabaseOptions, dataApiClient } from '../../lambdas/adapters/database.ts';
import { startDataApi } from '../../local/data-api/index.ts';

/** The password that every database login of the tests has. */
export const testPassword = 'test-password';

/** A Data API endpoint in front of one PostgreSQL database. */
export interface TestDataApi {
  url: string;
  /** The bank's adapter, logged in as a role; without one, as the superuser of the URL. Events go to `afterCommit`, if given. */
  database(login?: string, afterCommit?: DatabaseOptions['afterCommit']): Database;
  /** How many calls came in since the last time this was asked. */
  callsSinceLast(): number;
  close(): Promise<void>;
}

/** Starts an endpoint for the tests of one file. A secret's ARN is the name of the login. */
export async function testDataApi(databaseUrl: string): Promise<TestDataApi> {
  let calls = 0;
  const endpoint = await startDataApi({
    connect: ({ secretArn }) => {
      const url = new URL(databaseUrl);
      if (secretArn !== 'superuser') {
        url.username = secretArn;
        url.password = testPassword;
      }
      return { connectionString: url.href };
    },
    onCall: () => {
      calls += 1;
    },
  });
  return {
    url: endpoint.url,
    database: (login = 'superuser', afterCommit) =>
      createDatabase({
        target: { resourceArn: 'cluster', secretArn: login, database: new URL(databaseUrl).pathname.slice(1) },
        client: dataApiClient({
          endpoint: endpoint.url,
          region: 'us-east-1',
          credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        }),
        remainingTime: () => 28_000,
        ...(afterCommit && { afterCommit }),
      }),
    callsSinceLast: () => {
      const since = calls;
      calls = 0;
      return since;
    },
    close: () => endpoint.close(),
  };
}
