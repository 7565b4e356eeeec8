import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Reverses a transaction. */
export const reverseTransaction = handle(
  paymentsRoutes.reverseTransaction,
  async ({ params, body, caller, key }, { ledger }: Payments) =>
    receiptOf(
      await ledger.postReversal({
        transaction_id: params.id,
        description: body.description,
        value_date: body.value_date,
        caller,
        key,
      }),
    ),
);
