import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import { type FeePayments, receiptOf } from './dependencies.ts';

/** Gives a fee back. */
export const waiveFee = handle(paymentsRoutes.waiveFee, async ({ params, body, caller, key }, { fees }: FeePayments) =>
  receiptOf(await fees.waiveFee({ fee_id: params.id, reason: body.reason, caller, key })),
);
