import { Pool } from 'pg';
import { createDatabase, type Database, dataApiClient } from '../lambdas/adapters/database.ts';
import { runMigrations } from '../lambdas/deploy/run-migrations.ts';
import { databaseLogins } from '../lambdas/runtime/route.ts';
import { startDataApi } from '../local/data-api/index.ts';

const password = 'bench';

/** A bank without its API: the migrated database, and the way to it that its functions take. */
export interface MigratedBank {
  /** As the superuser, over one connection. */
  pool: Pool;
  /** The address of the database for one of the bank's own logins, or for the `superuser`. */
  url(login: string): string;
  /** The address of the Data API, where the ARN of a secret is the name of a login. */
  dataApiUrl: string;
  /** The adapter of the Lambda, logged in as one of the bank's own logins. */
  database(login: string): Database;
  close(): Promise<void>;
}

/** Makes a database of that name on a server, and brings it to the newest version as a deploy does. */
export async function openBank(serverUrl: string, name: string): Promise<MigratedBank> {
  const server = new Pool({ connectionString: serverUrl, max: 1 });
  server.on('error', () => undefined);
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const endpoint = await startDataApi({ connect: ({ secretArn }) => ({ connectionString: loggedIn(url, secretArn) }) });
  const client = dataApiClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const pool = new Pool({ connectionString: url.href, max: 1 });
  // A session that the stopping server cuts is no failure.
  pool.on('error', () => undefined);
  const bank: MigratedBank = {
    pool,
    url: login => loggedIn(url, login),
    dataApiUrl: endpoint.url,
    database: login =>
      createDatabase({
        target: { resourceArn: 'cluster', secretArn: login, database: name },
        client,
        remainingTime: () => 60_000,
      }),
    async close() {
      client.destroy();
      await endpoint.close();
      await pool.end();
      await server.query(`drop database if exists ${name} with (force)`);
      await server.end();
    },
  };
  try {
    await runMigrations({
      database: bank.database('superuser'),
      folder: 'sql',
      logins: Object.fromEntries(databaseLogins.map(login => [`bank_${login}`, password])),
    });
  } catch (error) {
    await bank.close();
    throw error;
  }
  return bank;
}

function loggedIn(database: URL, login: string): string {
  const url = new URL(database);
  if (login !== 'superuser') {
    url.username = login;
    url.password = password;
  }
  return url.href;
}
