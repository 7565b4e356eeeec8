import { handle } from '../../runtime/http/handle.ts';
import { limitsRoutes } from '../contract/limits.ts';
import type { LimitsCapability } from './dependencies.ts';

/** Gives a customer rate limits of its own. */
export const setCustomerLimits = handle(
  limitsRoutes.setCustomerLimits,
  async ({ params, body, caller }, { limits }: LimitsCapability) => ({
    body: await limits.setLimits({ customer_id: params.id, ...body, caller }),
  }),
);
