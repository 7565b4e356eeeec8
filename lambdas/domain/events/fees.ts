import * as z from 'zod';
import { fee, feeRule } from '../fee.ts';
import { id } from '../fields.ts';
import { change, event } from './event.ts';

const { account_id, fee_type, day } = fee.shape;

/** What staff do about fees. That one was charged is a transaction like any other. */
export const feeEvents = {
  FeeWaived: event(
    'fee',
    'Staff gave a fee back.',
    z.strictObject({
      account_id,
      fee_type,
      day,
      reversal_id: id.describe('The transaction that gave it back'),
      reason: z.string(),
    }),
  ),
  FeeRuleChanged: event(
    'fee_rule',
    'Staff set what a fee costs, or switched it on or off.',
    change(z.strictObject(feeRule.shape).partial()),
  ),
};
