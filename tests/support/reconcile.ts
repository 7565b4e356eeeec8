import { randomUUID } from 'node:crypto';
import { createLedgerChecks } from '../../lambdas/adapters/ledger-checks.ts';
import type { Reconciliation } from '../../lambdas/domain/reconciliation.ts';
import { runReconciliation } from '../../lambdas/schedules/run-reconciliation.ts';
import type { TestBank } from './test-bank.ts';

/** Reconciles a test bank as the schedule does. */
export function reconcile(bank: TestBank): Promise<Reconciliation> {
  return runReconciliation({
    checks: createLedgerChecks(bank.dataApi.database('bank_schedules')),
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    mayGoOn: () => true,
  });
}
