import * as z from 'zod';
import { account, accountTypes } from '../../domain/account.ts';
import { id, timestamp } from '../../domain/fields.ts';
import { accountInterest } from '../../domain/interest.ts';
import { currencyCode, interestRate, limitAmount, moneyText } from '../../domain/money.ts';
import { moment, page, reason } from './parts.ts';
import { pastDay } from './past-day.ts';

export { account, accountInterest };

export const balance = z.object({
  account_id: id,
  balance: moneyText,
  currency: currencyCode,
  /** What was held, and so what could be moved out, at a moment of the past is not known. */
  held: moneyText.nullable(),
  available_balance: moneyText.nullable(),
  at: timestamp.optional(),
});
export const balanceQuery = z.strictObject({ at: moment.optional() });

export const accountsQuery = z.strictObject({ customer_id: id.optional(), ...page });
export const accountsPage = z.object({ accounts: z.array(account), next_cursor: z.string().nullable() });

export const openAccountRequest = z.strictObject({
  customer_id: id.optional(),
  account_type: z.enum(accountTypes, { error: `must be one of ${accountTypes.join(', ')}` }),
  currency: currencyCode.default('USD'),
  interest_rate: interestRate.optional(),
  overdraft_limit: limitAmount.optional(),
});

export const updateAccountRequest = z
  .strictObject({
    overdraft_limit: limitAmount.optional(),
    interest_rate: interestRate.optional(),
    interest_rate_from: pastDay.optional(),
  })
  .refine(body => body.overdraft_limit !== undefined || body.interest_rate !== undefined, {
    error: 'must change at least one of overdraft_limit, interest_rate',
  })
  .refine(body => body.interest_rate_from === undefined || body.interest_rate !== undefined, {
    path: ['interest_rate_from'],
    error: 'must come with an interest_rate',
  });

export const closeAccountRequest = z.strictObject({ reason, sweep_to_account_id: id.optional() });
