import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Pays cash in. */
export const postDeposit = handle(paymentsRoutes.postDeposit, async ({ body, caller, key }, { ledger }: Payments) =>
  receiptOf(await ledger.postDeposit({ ...body, description: body.description, caller, key })),
);
