import type * as z from 'zod';
import { createDatabase, type Database } from '../adapters/database.ts';
import type { databaseVariables } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';

type DatabaseVariables = z.output<z.ZodObject<typeof databaseVariables>>;

/** The database that a function's environment names, within the time of the invocation at hand. */
export function databaseOf(environment: DatabaseVariables): Database {
  const { DATABASE_CLUSTER_ARN, DATABASE_SECRET_ARN, DATABASE_NAME } = environment;
  const target = { resourceArn: DATABASE_CLUSTER_ARN, secretArn: DATABASE_SECRET_ARN, database: DATABASE_NAME };
  return createDatabase({ target, remainingTime });
}
