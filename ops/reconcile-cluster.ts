import { uuidv7 } from 'uuidv7';
import { createDatabase, dataApiClient } from '../lambdas/adapters/database.ts';
import { createLedgerChecks } from '../lambdas/adapters/ledger-checks.ts';
import { BankError } from '../lambdas/domain/errors.ts';
import type { Reconciliation } from '../lambdas/domain/reconciliation.ts';
import { runReconciliation } from '../lambdas/schedules/run-reconciliation.ts';
import { CommandError } from '../local/command-error.ts';
import type { Target } from './target.ts';

/** How long a call that gets no answer is tried again. */
const patienceMilliseconds = 60_000;

/**
 * Compares the ledger in a cluster that no function knows, such as one restored from a backup, with itself: from here, as the login of
 * the schedules, whose password a backup has like everything else.
 *
 * @throws CommandError when the Data API refuses or does not answer.
 */
export async function reconcileCluster(target: Target, cluster: string): Promise<Reconciliation> {
  const database = createDatabase({
    target: {
      resourceArn: cluster,
      secretArn: target.output('ScheduleLoginSecretArn'),
      database: target.output('DatabaseName'),
    },
    client: dataApiClient(target.client('rds-data')),
    remainingTime: () => patienceMilliseconds,
  });
  try {
    return await runReconciliation({
      checks: createLedgerChecks(database),
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      mayGoOn: () => true,
    });
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** What AWS refused or did not answer, in its own words. */
function refusalOf(error: unknown): CommandError | undefined {
  const cause = error instanceof BankError ? error.details.cause : error;
  const isService = error instanceof BankError || (error instanceof Error && '$metadata' in error);
  return isService && cause instanceof Error
    ? new CommandError(`The ledger was not reconciled: ${cause.message || cause.name}`)
    : undefined;
}
