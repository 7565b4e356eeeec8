import { handle } from '../../runtime/http/handle.ts';
import { holdsRoutes } from '../contract/holds.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Reads one hold. */
export const getHold = handle(holdsRoutes.getHold, async ({ params, caller }, { holds }: HoldsCapability) => ({
  body: await holds.readHold(params.id, caller),
}));
