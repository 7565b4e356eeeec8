import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Lets go of what was set apart. */
export const releaseHold = handle(contract.releaseHold, async ({ params, caller }, { holds }: HoldsCapability) => ({
  body: await holds.releaseHold(params.id, caller),
}));
