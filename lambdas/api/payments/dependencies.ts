import type { FeeWaivers } from '../../adapters/fee-waivers.ts';
import type { Ledger, Posted } from '../../adapters/ledger.ts';

/** What the handlers of this capability need. */
export interface Payments {
  ledger: Ledger;
}

/** What giving fees back needs. */
export interface FeePayments {
  fees: FeeWaivers;
}

/** A posted transaction as a receipt: the contract's schema leaves out what a receipt does not have. */
export function receiptOf({ transaction, replayed, rate_limit }: Posted) {
  return { body: { ...transaction, transaction_id: transaction.id }, replayed, rateLimit: rate_limit };
}
