import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import { type Payments, receiptOf } from './dependencies.ts';

/** Pays cash in. */
export const postDeposit = handle(contract.postDeposit, async ({ body, caller, key }, { ledger }: Payments) =>
  receiptOf(await ledger.postDeposit({ ...body, description: body.description, caller, key })),
);
