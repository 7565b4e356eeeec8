import type { BankError } from '../../domain/errors.ts';
import { takeDatabaseCalls } from '../database-calls.ts';
import { embeddedMetrics, type MetricGroup } from '../embedded-metrics.ts';
import { isKmsFailure } from '../kms-failure.ts';

/**
 * What the line about a request carries beside its status: how long its calls of the database took, together and each, and, if it was
 * refused, that it was, under the code of the error. A request without either carries no metrics.
 */
export function requestMetrics(refusal: BankError | undefined): object {
  const calls = takeDatabaseCalls();
  const groups: MetricGroup[] = [];
  if (calls.length > 0) {
    groups.push({
      metrics: {
        DatabaseCallDuration: calls.map(({ milliseconds }) => milliseconds),
        DatabaseRetries: calls.reduce((sum, { retries }) => sum + retries, 0),
        DatabaseUnavailable: calls.filter(({ lost }) => lost).length,
      },
    });
  }
  if (isKmsFailure(refusal?.details.cause)) {
    groups.push({ metrics: { KmsFailures: 1 } });
  }
  if (refusal) {
    groups.push({ dimensions: { code: refusal.code }, metrics: { RequestsRefused: 1 } });
  }
  const together = calls.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return {
    ...(calls.length > 0 && { DatabaseCalls: calls.length, DatabaseMilliseconds: Math.round(together) }),
    ...(groups.length > 0 && embeddedMetrics(groups)),
  };
}
