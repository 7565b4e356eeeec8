import * as z from 'zod';
import { fee, feeRule } from '../../domain/fee.ts';
import { limitAmount, positiveAmount } from '../../domain/money.ts';
import { page, reason } from './parts.ts';

export { fee, feeRule };

export const feesQuery = z.strictObject({ ...page });
export const feesPage = z.object({ fees: z.array(fee), next_cursor: z.string().nullable() });

export const feeRules = z.object({ fee_rules: z.array(feeRule) });

export const setFeeRuleRequest = z.strictObject({
  amount: positiveAmount,
  minimum_balance: limitAmount.nullable(),
  enabled: z.boolean({ error: 'must be true or false' }),
  reason,
});
