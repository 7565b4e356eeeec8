import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { createAuditSeals } from '../adapters/audit-seals.ts';
import { createDatabase } from '../adapters/database.ts';
import { sealArchiveOnDemand, sealSignerOnDemand } from '../adapters/seals-on-demand.ts';
import { databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { metrics } from '../runtime/metrics.ts';
import { schedule } from '../runtime/schedule.ts';
import { sealVariables } from '../runtime/seal-variables.ts';
import { runSeal } from './run-seal.ts';

/** Kept back for the seal at hand: the calls that it takes, tried again included. */
const reserveMilliseconds = 20_000;

const environment = readEnvironment({ ...databaseVariables, ...sealVariables });
const seals = createAuditSeals(
  createDatabase({
    target: {
      resourceArn: environment.DATABASE_CLUSTER_ARN,
      secretArn: environment.DATABASE_SECRET_ARN,
      database: environment.DATABASE_NAME,
    },
    remainingTime,
  }),
);
const archive = sealArchiveOnDemand(environment.AUDIT_BUCKET);
const signer = sealSignerOnDemand(environment.SEAL_KEY_ID);

/** Seals what the audit has taken in since the last time; what does not fit into the time is for the next. */
export const handler = schedule(async () => {
  const outcome = await runSeal({ seals, archive, signer, mayGoOn: () => remainingTime() > reserveMilliseconds });
  metrics.addMetric('AuditRowsSealed', MetricUnit.Count, outcome.rows);
  metrics.addMetric('AuditSealedAll', MetricUnit.Count, Number(outcome.done));
  return outcome;
});
