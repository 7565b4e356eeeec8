import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Moves money between two accounts. */
export const postTransfer = handle(contract.postTransfer, async ({ body, caller, key }, { ledger }: Payments) =>
  receiptOf(await ledger.postTransfer({ ...body, description: body.description, caller, key })),
);
