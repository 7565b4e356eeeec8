import { createAuditLogs } from '../../adapters/audit.ts';
import { createAuditSources } from '../../adapters/audit-sources.ts';
import { createDatabase } from '../../adapters/database.ts';
import { createReconciliations } from '../../adapters/reconciliations.ts';
import { sealArchiveOnDemand, sealSignerOnDemand } from '../../adapters/seals-on-demand.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { remainingTime } from '../../runtime/invocation.ts';
import { sealVariables } from '../../runtime/seal-variables.ts';
import { getAuditLog } from './get-audit-log.ts';
import { getReconciliation } from './get-reconciliation.ts';
import { getSealPublicKey } from './get-seal-public-key.ts';
import { listAuditLogs } from './list-audit-logs.ts';
import { listReconciliations } from './list-reconciliations.ts';
import { proveAuditLog } from './prove-audit-log.ts';
import { verifyAudit } from './verify-audit.ts';

/** Kept back for the step of a verification that is at hand, some twenty calls. */
const reserveMilliseconds = 12_000;

const environment = readEnvironment({ ...databaseVariables, ...sealVariables });
/** Nothing is written here: no call has events to bring along. */
const database = createDatabase({
  target: {
    resourceArn: environment.DATABASE_CLUSTER_ARN,
    secretArn: environment.DATABASE_SECRET_ARN,
    database: environment.DATABASE_NAME,
  },
  remainingTime,
});
const archive = sealArchiveOnDemand(environment.AUDIT_BUCKET);

export const handler = serve(
  [listAuditLogs, verifyAudit, getSealPublicKey, getAuditLog, proveAuditLog, listReconciliations, getReconciliation],
  {
    auditLogs: createAuditLogs(database),
    reconciliations: createReconciliations(database),
    archive,
    sources: createAuditSources(database, archive),
    signer: sealSignerOnDemand(environment.SEAL_KEY_ID),
    mayGoOn: () => remainingTime() > reserveMilliseconds,
  },
);
