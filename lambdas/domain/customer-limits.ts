import * as z from 'zod';
import { id } from './fields.ts';

/** How often a customer may ask. */
export const customerLimits = z.object({
  customer_id: id,
  transfers_per_minute: z.int(),
  requests_per_hour: z.int(),
  /** Whether these are the customer's own or the bank's default. */
  overridden: z.boolean(),
});

export type CustomerLimits = z.output<typeof customerLimits>;
