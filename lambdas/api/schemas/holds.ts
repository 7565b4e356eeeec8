import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { hold, holdStatuses } from '../../domain/hold.ts';
import { positiveAmount } from '../../domain/money.ts';
import { transaction } from '../../domain/transaction.ts';
import { moment, page, plainText } from './parts.ts';

export { hold };

const description = plainText(200).optional();

export const placeHoldRequest = z.strictObject({
  account_id: id,
  amount: positiveAmount,
  expires_at: moment.optional(),
  description,
});

export const captureHoldRequest = z.strictObject({
  to_account_id: id,
  amount: positiveAmount.optional(),
  final: z.boolean({ error: 'must be true or false' }).default(true),
  description,
});

/** There is nothing to say: which one stands in the path. */
export const releaseHoldRequest = z.strictObject({});

export const capturedHold = z.object({ hold, transaction });

export const holdsQuery = z.strictObject({
  account_id: id.optional(),
  status: z.enum(holdStatuses, { error: `must be one of ${holdStatuses.join(', ')}` }).optional(),
  ...page,
});
export const holdsPage = z.object({ holds: z.array(hold), next_cursor: z.string().nullable() });
