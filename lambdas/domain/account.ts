import * as z from 'zod';
import { id, timestamp } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

/** The kinds of account that a customer can have. */
export const accountTypes = ['SAVINGS', 'CHECKING', 'CREDIT'] as const;

/** An account, as the database answers it and callers read it. Available balance = balance + overdraft limit − held. */
export const account = z.object({
  id,
  account_number: z.string(),
  customer_id: id,
  account_type: z.enum(accountTypes),
  balance: moneyText,
  /** What its open holds have set apart. */
  held: moneyText,
  available_balance: moneyText,
  currency: currencyCode,
  status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']),
  interest_rate: z.string(),
  overdraft_limit: moneyText,
  version: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
});

export type Account = z.output<typeof account>;

/** What an account's balance was at a moment. */
export const pastBalance = z.object({ account_id: id, balance: moneyText, currency: currencyCode, at: timestamp });

export type PastBalance = z.output<typeof pastBalance>;
