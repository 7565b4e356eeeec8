import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Moves money between two accounts. */
export const postTransfer = handle(paymentsRoutes.postTransfer, async ({ body, caller, key }, { ledger }: Payments) =>
  receiptOf(await ledger.postTransfer({ ...body, description: body.description, caller, key })),
);
