import type { Context } from 'aws-lambda';
import { uuidv7 } from 'uuidv7';
import { createDatabase } from '../adapters/database.ts';
import { createSsnIndexes } from '../adapters/ssn-indexes.ts';
import { createVault } from '../adapters/vault.ts';
import { databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { readVaultKeys } from '../runtime/vault-keys.ts';
import { type ReindexOutcome, runReindex } from './run-reindex.ts';

/** Kept back for the batch at hand: KMS and database time-outs included. */
const reserveMilliseconds = 60_000;

/**
 * Gives every customer's social security number an index under the newest HMAC key. Invoked by hand after that key was
 * replaced, as often as it answers `done: false`; a run that was cut off is carried on by the next.
 */
export async function handler(_event: unknown, context: Context): Promise<ReindexOutcome> {
  const environment = readEnvironment(databaseVariables);
  const remainingTime = () => context.getRemainingTimeInMillis();
  const keys = readVaultKeys();
  return runReindex({
    runId: uuidv7(),
    indexes: createSsnIndexes(
      createDatabase({
        target: {
          resourceArn: environment.DATABASE_CLUSTER_ARN,
          secretArn: environment.DATABASE_SECRET_ARN,
          database: environment.DATABASE_NAME,
        },
        remainingTime,
      }),
    ),
    // Only the newest key is asked: the others' indexes stand.
    vault: createVault({ ...keys, indexKeys: keys.indexKeys.slice(-1) }),
    keyVersions: keys.indexKeys.map(key => key.version),
    mayGoOn: () => remainingTime() > reserveMilliseconds,
  });
}
