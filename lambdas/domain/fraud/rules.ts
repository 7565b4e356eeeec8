import type { ReviewRule } from './rule.ts';
import { dormantAccount } from './rules/dormant-account.ts';
import { fanInFanOut } from './rules/fan-in-fan-out.ts';
import { firstLargePayment } from './rules/first-large-payment.ts';
import { impossibleTravel } from './rules/impossible-travel.ts';
import { structuring } from './rules/structuring.ts';

/** Every rule of the review. Which are asked, and with what parameters, their rows say (docs/FRAUD.md: how to add one). */
export const reviewRules: readonly ReviewRule[] = [
  impossibleTravel,
  structuring,
  fanInFanOut,
  dormantAccount,
  firstLargePayment,
];
