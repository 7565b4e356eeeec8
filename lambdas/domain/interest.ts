import * as z from 'zod';
import { id } from './fields.ts';
import { currencyCode, moneyText } from './money.ts';

/** How the days of a year may be counted (sql/functions/day_count.sql says what each means). */
const dayCounts = ['ACT/365', 'ACT/360', '30/360'] as const;

/** How an account stands with its interest. Amounts are negative where the account owes them. */
export const accountInterest = z.object({
  account_id: id,
  currency: currencyCode,
  interest_rate: z.string(),
  day_count: z.enum(dayCounts),
  /** The annual percentage yield as a fraction, at four decimals. */
  apy: z.string(),
  /** What has accrued since interest was last posted, at ten decimals. */
  accrued: moneyText,
  /** The last day whose interest is in it; null before any day's is. */
  accrued_through: z.iso.date().nullable(),
  paid_this_year: moneyText,
  /** The day as of whose close interest is posted next; null for a closed account. */
  next_capitalisation_date: z.iso.date().nullable(),
});

export type AccountInterest = z.output<typeof accountInterest>;
