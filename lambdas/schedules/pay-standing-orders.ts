import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { StandingOrderRuns } from '../adapters/standing-order-runs.ts';
import { metrics } from '../runtime/metrics.ts';

export interface StandingOrdersRun {
  runs: StandingOrderRuns;
  /** Whether there is time for another order. */
  mayGoOn(): boolean;
}

/** How the due dates fared that were tried. */
export interface StandingOrdersResult {
  paid: number;
  retrying: number;
  failed: number;
}

/** How many orders are worked on at once. Each is a commit of its own, and no two are the same. */
const lanes = 4;

const counters = { PAID: 'paid', RETRYING: 'retrying', FAILED: 'failed' } as const;
const metricNames = {
  PAID: 'StandingOrdersPaid',
  RETRYING: 'StandingOrdersRetrying',
  FAILED: 'StandingOrdersFailed',
} as const;

/**
 * Pays what is due, until nothing is or the time is over. A lane that fails ends; the others go on with what there is, and then its error
 * is thrown.
 */
export async function payStandingOrders({ runs, mayGoOn }: StandingOrdersRun): Promise<StandingOrdersResult> {
  const result: StandingOrdersResult = { paid: 0, retrying: 0, failed: 0 };
  const lane = async () => {
    while (mayGoOn()) {
      const ran = await runs.runNext(null);
      if (ran === null) {
        return;
      }
      result[counters[ran.status]] += 1;
      metrics.addMetric(metricNames[ran.status], MetricUnit.Count, 1);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failure = outcomes.find(outcome => outcome.status === 'rejected');
  if (failure) {
    throw failure.reason;
  }
  return result;
}
