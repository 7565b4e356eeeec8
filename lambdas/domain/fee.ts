import * as z from 'zod';
import { accountTypes } from './account.ts';
import { id, timestamp } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

const feeType = z.enum(['MONTHLY_MAINTENANCE', 'OVERDRAFT']);

/** A fee and its cause: the day on which an account went below zero, or a month by its last day. */
export const fee = z.object({
  id,
  account_id: id,
  fee_type: feeType,
  day: z.iso.date(),
  amount: moneyText,
  currency: currencyCode,
  /** UNCOLLECTED: the account had no money for it, and nothing was taken. WAIVED: it was given back. */
  status: z.enum(['CHARGED', 'UNCOLLECTED', 'WAIVED']),
  transaction_id: id.nullable(),
  created_at: timestamp,
});

export type Fee = z.output<typeof fee>;

/** What a fee costs the accounts of a type and currency. */
export const feeRule = z.object({
  id,
  fee_type: feeType,
  account_type: z.enum(accountTypes),
  currency: currencyCode,
  amount: moneyText,
  /** Who holds at least this at the end of each day of a month pays nothing for it; null: everybody pays. */
  minimum_balance: moneyText.nullable(),
  enabled: z.boolean(),
  version: z.int(),
  updated_at: timestamp,
});

export type FeeRule = z.output<typeof feeRule>;
