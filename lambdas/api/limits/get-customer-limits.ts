import { handle } from '../../runtime/http/handle.ts';
import { limitsRoutes } from '../contract/limits.ts';
import type { LimitsCapability } from './dependencies.ts';

/** Reads a customer's rate limits. */
export const getCustomerLimits = handle(
  limitsRoutes.getCustomerLimits,
  async ({ params, caller }, { limits }: LimitsCapability) => ({ body: await limits.readLimits(params.id, caller) }),
);
