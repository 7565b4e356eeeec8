import * as z from 'zod';
import { customerLimits } from '../../domain/customer-limits.ts';
import { reason, wholeNumber } from './parts.ts';

export { customerLimits };

export const setLimitsRequest = z.strictObject({
  transfers_per_minute: wholeNumber(0, 10_000),
  requests_per_hour: wholeNumber(0, 1_000_000),
  reason,
});
