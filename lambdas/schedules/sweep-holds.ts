import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { HoldExpiry } from '../adapters/hold-expiry.ts';
import { metrics } from '../runtime/metrics.ts';

export interface HoldSweep {
  expiry: HoldExpiry;
  /** Whether there is time for another batch. */
  mayGoOn(): boolean;
}

const batchSize = 50;

/** Ends expired holds batch by batch, until none is left that can be ended now or the time is over. */
export async function sweepHolds({ expiry, mayGoOn }: HoldSweep): Promise<{ expired: number }> {
  let total = 0;
  for (let expired = 1; expired > 0 && mayGoOn(); ) {
    expired = await expiry.expireHolds(batchSize);
    total += expired;
    // Counted by the batch, so that what a later one throws hides nothing of those before it.
    metrics.addMetric('HoldsExpired', MetricUnit.Count, expired);
  }
  return { expired: total };
}
