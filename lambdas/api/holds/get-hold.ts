import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { HoldsCapability } from './dependencies.ts';

/** Reads one hold. */
export const getHold = handle(contract.getHold, async ({ params, caller }, { holds }: HoldsCapability) => ({
  body: await holds.readHold(params.id, caller),
}));
