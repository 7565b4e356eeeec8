import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { createDatabase, dataApiClient } from '../adapters/database.ts';
import { readDatabaseLogin } from '../adapters/secrets.ts';
import { jsonText } from '../domain/fields.ts';
import { databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { loginOf } from './database-users.ts';
import { runMigrations } from './run-migrations.ts';

/** A migration may take as long as the Data API lets a statement run. */
const statementMilliseconds = 46_000;

const loginSecrets = jsonText(z.record(z.string(), z.string()));

/** Runs at every deploy, when the database exists and before anything uses it. Throws, and so fails the deploy, if a script fails. */
export async function handler(_event: unknown, context: Context): Promise<{ applied: string[] }> {
  const environment = readEnvironment({
    ...databaseVariables,
    DATABASE_LOGINS: loginSecrets,
    BANK_TIME_ZONE: z.string().min(1),
  });
  const database = createDatabase({
    target: {
      resourceArn: environment.DATABASE_CLUSTER_ARN,
      secretArn: environment.DATABASE_SECRET_ARN,
      database: environment.DATABASE_NAME,
    },
    client: dataApiClient({}, statementMilliseconds),
    tryMilliseconds: statementMilliseconds,
    remainingTime: () => context.getRemainingTimeInMillis(),
  });
  const users = Object.entries(environment.DATABASE_LOGINS).map(async ([login, arn]) => {
    const { username, password } = await readDatabaseLogin(arn);
    if (loginOf(username) !== login) {
      throw new Error(`The secret ${arn} is not that of ${login}`);
    }
    return [username, password] as const;
  });
  const applied = await runMigrations({
    database,
    folder: fileURLToPath(new URL('./sql', import.meta.url)),
    logins: Object.fromEntries(await Promise.all(users)),
    timeZone: environment.BANK_TIME_ZONE,
  });
  return { applied };
}
