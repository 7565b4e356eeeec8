import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { LimitsCapability } from './dependencies.ts';

/** Gives a customer rate limits of its own. */
export const setCustomerLimits = handle(
  contract.setCustomerLimits,
  async ({ params, body, caller }, { limits }: LimitsCapability) => ({
    body: await limits.setLimits({ customer_id: params.id, ...body, caller }),
  }),
);
