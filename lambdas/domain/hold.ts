import * as z from 'zod';
import { id, timestamp } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

/** How a hold stands. All but OPEN are ends. */
export const holdStatuses = ['OPEN', 'CAPTURED', 'RELEASED', 'EXPIRED'] as const;

/** Money of an account that is set apart, as the database answers it and callers read it. */
export const hold = z.object({
  id,
  account_id: id,
  amount: moneyText,
  captured_amount: moneyText,
  currency: currencyCode,
  status: z.enum(holdStatuses),
  description: z.string().nullable(),
  /** The transactions that captured it, or parts of it, in their order. */
  transaction_ids: z.array(id),
  expires_at: timestamp,
  created_at: timestamp,
  ended_at: timestamp.nullable(),
});

export type Hold = z.output<typeof hold>;
