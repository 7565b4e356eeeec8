import { handle } from '../../runtime/http/handle.ts';
import { holdsRoutes } from '../contract/holds.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Pays what was set apart. */
export const captureHold = handle(
  holdsRoutes.captureHold,
  async ({ params, body, caller, key }, { holds }: HoldsCapability) => {
    const { to_account_id, amount, final, description } = body;
    const request = { hold_id: params.id, to_account_id, amount, final, description, caller, key };
    const { hold, transaction, replayed, rate_limit } = await holds.captureHold(request);
    return { body: { hold, transaction }, replayed, rateLimit: rate_limit };
  },
);
