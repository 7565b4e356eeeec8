import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Sets money apart. */
export const placeHold = handle(contract.placeHold, async ({ body, caller, key }, { holds }: HoldsCapability) => {
  const { account_id, amount, expires_at, description } = body;
  const { hold, replayed } = await holds.placeHold({ account_id, amount, expires_at, description, caller, key });
  return { body: hold, replayed };
});
