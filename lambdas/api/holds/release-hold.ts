import { handle } from '../../runtime/http/handle.ts';
import { holdsRoutes } from '../contract/holds.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Lets go of what was set apart. */
export const releaseHold = handle(holdsRoutes.releaseHold, async ({ params, caller }, { holds }: HoldsCapability) => ({
  body: await holds.releaseHold(params.id, caller),
}));
