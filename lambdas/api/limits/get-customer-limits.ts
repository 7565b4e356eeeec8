import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { LimitsCapability } from './dependencies.ts';

/** Reads a customer's rate limits. */
export const getCustomerLimits = handle(
  contract.getCustomerLimits,
  async ({ params, caller }, { limits }: LimitsCapability) => ({ body: await limits.readLimits(params.id, caller) }),
);
