import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { positiveAmount } from '../../domain/money.ts';
import { frequencies, standingOrder, standingOrderRun, standingOrderWithRuns } from '../../domain/standing-order.ts';
import { page, plainText, wholeNumber } from './parts.ts';

export { standingOrder, standingOrderRun, standingOrderWithRuns };

const day = z.iso.date({ error: 'must be a day such as "2026-03-31"' });

export const standingOrderRequest = z
  .strictObject({
    from_account_id: id,
    to_account_id: id,
    amount: positiveAmount,
    description: plainText(200).optional(),
    frequency: z.enum(frequencies, { error: `must be one of ${frequencies.join(', ')}` }),
    start_date: day,
    end_date: day.optional(),
    count: wholeNumber(1, 10_000).optional(),
  })
  .refine(body => body.from_account_id !== body.to_account_id, {
    path: ['to_account_id'],
    error: 'must be another account than from_account_id',
  })
  .refine(body => body.end_date === undefined || body.end_date >= body.start_date, {
    path: ['end_date'],
    error: 'must not be before start_date',
  })
  .refine(body => body.end_date === undefined || body.count === undefined, {
    path: ['count'],
    error: 'must not be given beside end_date: an order ends by one of them',
  });

/** There is nothing to say: which one stands in the path. */
export const standingOrderChange = z.strictObject({});

export const standingOrdersQuery = z.strictObject({ account_id: id.optional(), ...page });
export const standingOrdersPage = z.object({
  standing_orders: z.array(standingOrder),
  next_cursor: z.string().nullable(),
});
