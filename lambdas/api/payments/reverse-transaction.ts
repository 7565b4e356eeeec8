import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Reverses a transaction. */
export const reverseTransaction = handle(
  contract.reverseTransaction,
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
