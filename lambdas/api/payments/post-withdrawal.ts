import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Pays cash out. */
export const postWithdrawal = handle(
  paymentsRoutes.postWithdrawal,
  async ({ body, caller, key }, { ledger }: Payments) =>
    receiptOf(await ledger.postWithdrawal({ ...body, description: body.description, caller, key })),
);
