import { handle } from '../../runtime/http/handle.ts';
import { holdsRoutes } from '../contract/holds.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Sets money apart. */
export const placeHold = handle(holdsRoutes.placeHold, async ({ body, caller, key }, { holds }: HoldsCapability) => {
  const { account_id, amount, expires_at, description } = body;
  const { hold, replayed } = await holds.placeHold({ account_id, amount, expires_at, description, caller, key });
  return { body: hold, replayed };
});
