import * as z from 'zod';
import { id, timestamp } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

/** How often a standing order is due. */
export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;

/** A day of the calendar. */
const day = z.iso.date();

/** A transfer that is made again and again, as the database answers it and callers read it. */
export const standingOrder = z.object({
  id,
  customer_id: id,
  from_account_id: id,
  to_account_id: id,
  amount: moneyText,
  currency: currencyCode,
  description: z.string().nullable(),
  frequency: z.enum(frequencies),
  start_date: day,
  end_date: day.nullable(),
  count: z.int().nullable(),
  status: z.enum(['ACTIVE', 'PAUSED', 'CANCELLED', 'COMPLETED']),
  /** The due date that comes next; null once it has ended. */
  next_date: day.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});

export type StandingOrder = z.output<typeof standingOrder>;

/** How a due date that was tried stands. */
export const runStatuses = ['PAID', 'RETRYING', 'FAILED'] as const;

/** What became of a due date of a standing order. */
export const standingOrderRun = z.object({
  due_date: day,
  status: z.enum(runStatuses),
  failure_code: z.string().nullable(),
  /** Of the latest try. */
  transaction_id: id.nullable(),
  attempts: z.int(),
  attempted_at: timestamp,
});

/** A standing order with what became of its latest due dates, newest first. */
export const standingOrderWithRuns = standingOrder.extend({ runs: z.array(standingOrderRun) });

export type StandingOrderWithRuns = z.output<typeof standingOrderWithRuns>;
