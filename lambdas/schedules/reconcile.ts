import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { uuidv7 } from 'uuidv7';
import { createDatabase } from '../adapters/database.ts';
import { createLedgerChecks } from '../adapters/ledger-checks.ts';
import { databaseTarget, databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { metrics } from '../runtime/metrics.ts';
import { schedule } from '../runtime/schedule.ts';
import { runReconciliation } from './run-reconciliation.ts';

const environment = readEnvironment(databaseVariables);
const checks = createLedgerChecks(createDatabase({ target: databaseTarget(environment), remainingTime }));

/** Kept back for one page that hangs until it is given up, and the report. */
const reserveMilliseconds = 24_000;

/** Every night: compares the ledger with itself. What does not agree is reported and raises an alarm; nothing is mended. */
export const handler = schedule(async () => {
  const reconciled = await runReconciliation({
    checks,
    id: uuidv7(),
    startedAt: new Date().toISOString(),
    mayGoOn: () => remainingTime() > reserveMilliseconds,
  });
  metrics.addMetric('ReconciliationDifferences', MetricUnit.Count, reconciled.differences);
  metrics.addMetric('ReconciledAccounts', MetricUnit.Count, reconciled.accounts);
  return reconciled;
});
