import * as z from 'zod';
import { id } from '../domain/fields.ts';
import { runStatuses } from '../domain/standing-order.ts';
import type { Database } from './database.ts';

const paidOrTried = z.object({
  order_id: id,
  due_date: z.iso.date(),
  status: z.enum(runStatuses),
  failure_code: z.string().nullable(),
});

const answer = z.union([paidOrTried, z.object({ order_id: z.null() })]);

/** Running standing orders. Each call is one Data API call, and may be repeated: a due date that is done is not done again. */
export interface StandingOrderRuns {
  /**
   * Tries the due date of one order, of those that nobody else is trying the one that is due longest; null when none is due.
   *
   * @param runDate the day by which they are due; null for the bank's today, which begins at six in the morning.
   */
  runNext(runDate: string | null): Promise<z.output<typeof paidOrTried> | null>;
}

/** The runs of the standing orders in the database. */
export function createStandingOrderRuns(database: Database): StandingOrderRuns {
  return {
    async runNext(runDate) {
      const sql = 'select bank.run_standing_order(:run_date::date)';
      const ran = await database.query({ sql, parameters: { run_date: runDate }, answer });
      return ran.order_id === null ? null : ran;
    },
  };
}
