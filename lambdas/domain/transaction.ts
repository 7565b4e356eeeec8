import * as z from 'zod';
import { id, timestamp } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

/** A transaction, as the database answers it and callers read it. A FAILED one says why in `failure_code`. */
export const transaction = z.object({
  id,
  transaction_ref: z.string(),
  from_account_id: id.nullable(),
  to_account_id: id.nullable(),
  transaction_type: z.enum(['DEPOSIT', 'WITHDRAWAL', 'TRANSFER', 'INTEREST', 'FEE', 'REVERSAL']),
  amount: moneyText,
  currency: currencyCode,
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED', 'REVERSED']),
  failure_code: z.string().nullable(),
  description: z.string().nullable(),
  reverses_transaction_id: id.nullable(),
  created_at: timestamp,
  completed_at: timestamp.nullable(),
});

export type Transaction = z.output<typeof transaction>;
