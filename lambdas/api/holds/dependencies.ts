import type { Holds } from '../../adapters/holds.ts';

/** What the handlers of this capability need. */
export interface HoldsCapability {
  holds: Holds;
}
