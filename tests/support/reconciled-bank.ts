import { reconciliation } from '../../lambdas/domain/reconciliation.ts';
import type { TestSystem } from './system.ts';

/** Runs the reconciliation of a system once. @returns the id of its report. */
export async function reconciledBank(bank: TestSystem): Promise<string> {
  const event = { scheduledTime: new Date().toISOString(), name: 'reconcile' };
  const { functionError, payload } = await bank.cloud.invoke('Reconcile', event);
  if (functionError) {
    throw new Error(`The bank was not reconciled: ${JSON.stringify(payload)}`);
  }
  return reconciliation.parse(payload).id;
}
