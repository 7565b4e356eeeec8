import { createDatabase, type Database } from '../adapters/database.ts';
import { databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';

/** The database as the function's environment names it, within the time of the invocation at hand. */
export function databaseOfEnvironment(): Database {
  const { DATABASE_CLUSTER_ARN, DATABASE_SECRET_ARN, DATABASE_NAME } = readEnvironment(databaseVariables);
  return createDatabase({
    target: { resourceArn: DATABASE_CLUSTER_ARN, secretArn: DATABASE_SECRET_ARN, database: DATABASE_NAME },
    remainingTime,
  });
}
