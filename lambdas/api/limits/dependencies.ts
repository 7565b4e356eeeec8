import type { Limits } from '../../adapters/limits.ts';

/** What the handlers of this capability need. */
export interface LimitsCapability {
  limits: Limits;
}
