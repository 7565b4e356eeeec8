import { handle } from '../../runtime/http/handle.ts';
import { holdsRoutes } from '../contract/holds.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Lists an account's holds, or those of all the caller's accounts. */
export const listHolds = handle(holdsRoutes.listHolds, async ({ query, caller }, { holds }: HoldsCapability) => {
  const { account_id, status, limit, cursor } = query;
  return { body: await holds.listHolds({ account_id, status, limit, cursor, caller }) };
});
