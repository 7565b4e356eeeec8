import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** Reads a run of the reconciliation. */
export const getReconciliation = handle(
  auditRoutes.getReconciliation,
  async ({ params, caller }, { reconciliations }: AuditCapability) => ({
    body: await reconciliations.readReconciliation(params.id, caller),
  }),
);
