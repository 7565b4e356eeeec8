import * as z from 'zod';
import { account, accountTypes } from '../domain/account.ts';
import { id } from '../domain/fields.ts';
import { currencyCode, interestRate, limitAmount, moneyText, positiveAmount } from '../domain/money.ts';
import { transaction } from '../domain/transaction.ts';

export { account, transaction };

/** Text that a person may write: no control characters (PostgreSQL keeps no NUL), no broken surrogate pairs. */
const plainText = (maximum: number) =>
  z
    .string({ error: 'must be text' })
    .max(maximum, { error: `must have at most ${maximum} characters` })
    .refine(text => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: 'must not have control characters' });

export const health = z.object({ status: z.literal('healthy') });

export const balance = z.object({
  account_id: id,
  balance: moneyText,
  currency: currencyCode,
  available_balance: moneyText,
});

/** What every movement of money answers: its transaction, under the name that tells it from an account's id. */
export const receipt = z.object({ transaction_id: id, ...transaction.omit({ id: true, failure_code: true }).shape });

export const idParam = z.strictObject({ id });

const page = {
  limit: z
    .string()
    .regex(/^[1-9]\d*$/, { error: 'must be a whole number from 1; more than 100 is taken as 100' })
    .transform(text => Math.min(Number(text), 100))
    .default(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, { error: 'must be a next_cursor that this route answered' })
    .optional(),
};

export const accountsQuery = z.strictObject({ customer_id: id.optional(), ...page });
export const accountsPage = z.object({ accounts: z.array(account), next_cursor: z.string().nullable() });

export const transactionsQuery = z.strictObject({ account_id: id.optional(), ...page });
export const transactionsPage = z.object({ transactions: z.array(transaction), next_cursor: z.string().nullable() });

export const openAccountRequest = z.strictObject({
  customer_id: id.optional(),
  account_type: z.enum(accountTypes, { error: `must be one of ${accountTypes.join(', ')}` }),
  currency: currencyCode.default('USD'),
  interest_rate: interestRate.optional(),
  overdraft_limit: limitAmount.optional(),
});

const description = plainText(200).optional();

export const cashRequest = z.strictObject({ account_id: id, amount: positiveAmount, description });

export const transferRequest = z
  .strictObject({ from_account_id: id, to_account_id: id, amount: positiveAmount, description })
  .refine(body => body.from_account_id !== body.to_account_id, {
    path: ['to_account_id'],
    error: 'must be another account than from_account_id',
  });

export const reversalRequest = z.strictObject({ description });
