import * as z from 'zod';
import { id } from '../fields.ts';
import { moneyText } from '../money.ts';
import { transaction } from '../transaction.ts';
import { event } from './event.ts';
import { verdict } from './fraud.ts';

const balance = moneyText.nullable().describe("What that account holds afterwards; null for the bank's own");
const { shape: transactionFields } = transaction.omit({ description: true });

/** What happens to transactions. A description, in which people write about people, is in none of it. */
export const transactionEvents = {
  TransactionPosted: event(
    'transaction',
    'Money moved: a deposit, withdrawal, transfer, fee, interest or a reversal of one.',
    z.strictObject({ ...transactionFields, from_balance: balance, to_balance: balance, fraud: verdict.optional() }),
  ),
  TransactionRefused: event(
    'transaction',
    'A movement of money was refused, and none moved.',
    z.strictObject({
      code: z.string().describe("Why, by the code of the API's errors"),
      transaction_type: transactionFields.transaction_type,
      from_account_id: id.nullable(),
      to_account_id: id.nullable(),
      amount: moneyText,
      reverses_transaction_id: id.nullable(),
      fraud: verdict.optional(),
    }),
  ),
};
