import * as z from 'zod';
import { id } from '../fields.ts';
import { moneyText } from '../money.ts';
import { transaction } from '../transaction.ts';
import { event } from './event.ts';

const score = z.int().min(0).max(100);
const outcome = z.enum(['APPROVE', 'MONITOR', 'FLAG_FOR_REVIEW', 'BLOCK_PENDING_REVIEW', 'BLOCK_AND_ALERT']);

const verdict = z
  .strictObject({
    score,
    outcome,
    rules: z.array(z.looseObject({ rule: z.string(), score })).describe('Those that had something to say'),
    allowed: z.literal(true).optional().describe('It passed: staff had called the same transfer a false alarm'),
  })
  .describe('What the fraud rules thought of a transfer before it moved; absent where they were not asked');

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
  FraudAlertRaised: event(
    'fraud_alert',
    'A transaction looked suspicious: its alert was opened, or more was found about it.',
    z.strictObject({
      transaction_id: id,
      account_id: id,
      alert_type: z.string().describe('The rule that scored highest'),
      risk_score: score,
      outcome,
      rules: z.array(z.string()),
      version: z.int().describe("The alert's"),
    }),
  ),
};
