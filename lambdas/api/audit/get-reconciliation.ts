import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AuditCapability } from './dependencies.ts';

/** Reads a run of the reconciliation. */
export const getReconciliation = handle(
  contract.getReconciliation,
  async ({ params, caller }, { reconciliations }: AuditCapability) => ({
    body: await reconciliations.readReconciliation(params.id, caller),
  }),
);
