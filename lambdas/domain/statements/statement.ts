import * as z from 'zod';
import { account } from '../account.ts';
import { id, timestamp } from '../fields.ts';
import { currencyCode, moneyText } from '../money.ts';
import { transaction } from '../transaction.ts';

/** What an account's month came to. Until the month is over it is not final, and ends when it was read. */
export const statementSummary = z.object({
  account_id: id,
  account_type: account.shape.account_type,
  account_last4: z.string(),
  currency: currencyCode,
  period: z.string(),
  begins_at: timestamp,
  ends_at: timestamp,
  time_zone: z.string(),
  final: z.boolean(),
  opening_balance: moneyText,
  total_in: moneyText,
  total_out: moneyText,
  closing_balance: moneyText,
  line_count: z.int(),
});

export type StatementSummary = z.output<typeof statementSummary>;

/** A movement as the account's owner sees it: what it added (below zero: took), and what was there afterwards. */
export const statementLine = z.object({
  date: z.iso.date(),
  posted_at: timestamp,
  transaction_id: id,
  transaction_ref: z.string(),
  transaction_type: transaction.shape.transaction_type,
  description: z.string().nullable(),
  counterparty_last4: z.string().nullable(),
  amount: moneyText,
  balance: moneyText,
});

export type StatementLine = z.output<typeof statementLine>;

/** Whom the account belonged to when the statement was made. */
export const statementHolder = z.object({ name: z.string(), address: z.record(z.string(), z.string()).nullable() });

/** A statement with some of its lines, oldest first. */
export const statement = z.object({
  ...statementSummary.shape,
  holder: statementHolder,
  lines: z.array(statementLine),
  next_cursor: z.string().nullable(),
});

export type Statement = z.output<typeof statement>;

/** A statement with all of its lines. */
export type StatementDocument = Omit<Statement, 'next_cursor'>;
