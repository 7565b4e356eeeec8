import type { Reconciliation } from '../../../lambdas/domain/reconciliation.ts';

/** A run of the reconciliation that found nothing, as the database answers it. */
export function reconciliationWith(changes: Partial<Reconciliation> = {}): Reconciliation {
  return {
    id: '0198d5f6-3b5d-7e94-82d7-8c7a6e5f4d32',
    started_at: '2026-03-02T02:00:00+00:00',
    finished_at: '2026-03-02T02:00:01.5+00:00',
    accounts: 2,
    transactions: 3,
    postings: 6,
    differences: 0,
    outcome: 'CLEAN',
    findings: [],
    ...changes,
  };
}
