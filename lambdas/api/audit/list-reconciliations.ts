import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** Lists the runs of the reconciliation. */
export const listReconciliations = handle(
  auditRoutes.listReconciliations,
  async ({ query, caller }, { reconciliations }: AuditCapability) => ({
    body: await reconciliations.listReconciliations({ limit: query.limit, cursor: query.cursor, caller }),
  }),
);
