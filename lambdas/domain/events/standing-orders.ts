import * as z from 'zod';
import { standingOrder, standingOrderRun } from '../standing-order.ts';
import { event } from './event.ts';

const { shape: fields } = standingOrder.omit({ description: true });
const { due_date, failure_code, transaction_id, attempts } = standingOrderRun.shape;
const order = z.strictObject(fields);

/** What happens to standing orders, each told as it is then. A due date that was paid has the event of its transaction. */
export const standingOrderEvents = {
  StandingOrderCreated: event('standing_order', 'A transfer is to be made again and again.', order),
  StandingOrderPaused: event('standing_order', 'A standing order lets pass what falls due.', order),
  StandingOrderResumed: event('standing_order', 'A paused standing order goes on.', order),
  StandingOrderCancelled: event('standing_order', 'A standing order was ended, or its account was.', order),
  StandingOrderCompleted: event('standing_order', 'A standing order has no due date left.', order),
  StandingOrderFailed: event(
    'standing_order',
    'A due date of a standing order was tried, and no money moved.',
    z.strictObject({
      ...fields,
      due_date: due_date.describe('The day for which it was due'),
      failure_code: failure_code.unwrap().describe("Why, by the code of the API's errors"),
      transaction_id: transaction_id.describe('The FAILED transaction; null where there is none'),
      attempts: attempts.describe('How often it has been tried'),
      retry_on: due_date.nullable().describe('The day on which it is tried again; null when it was given up'),
    }),
  ),
};
