import { MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { metrics } from './metrics.ts';

/** What is measured of an event: nothing that names anybody, and no amount. */
export const measuredData = z.object({
  transaction_type: z.string().optional(),
  code: z.string().max(50).optional(),
  fraud: z
    .object({ score: z.number(), rules: z.array(z.object({ error: z.string().optional() })).default([]) })
    .optional(),
});

interface MeasuredEvent {
  type?: string | undefined;
  data?: z.output<typeof measuredData> | undefined;
}

/**
 * Counts the transfers among events: completed, refused by the code of the error, how the fraud gate scored them, which it stopped, and
 * rules that failed. Of an event that is worked on once it is counted once, whichever way the transfer came about, and no caller
 * waits for it.
 */
export function countTransfers(events: readonly MeasuredEvent[]): void {
  const refused = new Map<string, number>();
  for (const { type, data } of events) {
    if (data?.transaction_type !== 'TRANSFER') continue;
    const { code = 'UNKNOWN', fraud } = data;
    if (type === 'TransactionPosted') {
      metrics.addMetric('TransfersCompleted', MetricUnit.Count, 1);
    } else if (type === 'TransactionRefused') {
      refused.set(code, (refused.get(code) ?? 0) + 1);
    }
    if (fraud) {
      metrics.addMetric('FraudScore', MetricUnit.NoUnit, fraud.score);
      countRuleErrors(fraud.rules);
    }
  }
  for (const [code, times] of refused) {
    const metric = metrics.singleMetric();
    metric.addDimension('code', code);
    metric.addMetric('TransfersRefused', MetricUnit.Count, times);
  }
  const blocked = refused.get('FRAUD_BLOCKED');
  if (blocked !== undefined) {
    metrics.addMetric('FraudBlocked', MetricUnit.Count, blocked);
  }
}

/** Counts the rules that could not answer. */
export function countRuleErrors(rules: readonly { error?: string | undefined }[]): void {
  const failed = rules.filter(({ error }) => error !== undefined).length;
  if (failed > 0) {
    metrics.addMetric('FraudRuleErrors', MetricUnit.Count, failed);
  }
}
