import * as z from 'zod';
import { customer } from '../customer.ts';
import { customerLimits } from '../customer-limits.ts';
import { change, event } from './event.ts';

const { status, kyc_verified, version } = customer.shape;

/** A change to a customer tells which fields changed, and what those were and are that say nothing about the person. */
function customerChange(reason: z.ZodType = z.string()) {
  return change(z.strictObject({ status, kyc_verified, version }), reason).extend({
    changed: z.array(z.string()).nullable().describe('The names of the fields that changed'),
  });
}

const disabled = change(z.strictObject({ disabled: z.boolean() }));
const limits = z.strictObject(customerLimits.shape).partial();

/** What happens to customers and users. Nothing here says who they are but their ids. */
export const customerEvents = {
  CustomerRegistered: event('customer', 'A user became a customer.', z.strictObject({})),
  CustomerUpdated: event('customer', 'A customer changed its own record.', customerChange(z.null())),
  CustomerReviewed: event('customer', 'Staff decided whether a customer is who it says.', customerChange()),
  CustomerFrozen: event('customer', 'A customer is kept out.', customerChange()),
  CustomerUnfrozen: event('customer', 'A customer is let in again.', customerChange()),
  LimitsChanged: event('customer', 'A customer was given rate limits of its own.', change(limits)),
  SsnRevealed: event(
    'customer',
    "Staff read a customer's social security number in clear.",
    z.strictObject({ reason: z.string() }),
  ),
  UserDisabled: event('user', 'A user is kept out.', disabled),
  UserEnabled: event('user', 'A user is let in again.', disabled),
};
