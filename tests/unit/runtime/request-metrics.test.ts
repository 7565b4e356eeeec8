import { describe, expect, test } from 'vitest';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { tellDatabaseCall } from '../../../lambdas/domain/measured.ts';
import { captureLogs, logLines } from '../support/logs.ts';
import { metricsIn } from '../support/metrics.ts';
import { sendSample } from '../support/sample-route.ts';

const answer = { body: { text: 'hello', owner: { name: 'Ada' } } };
const disabled = Object.assign(new Error('the key is disabled'), { name: 'DisabledException' });

/** What a request wrote into the log while it did this. */
async function lineOf(work: () => typeof answer) {
  const logged = captureLogs();
  await sendSample(work);
  const line = logLines(logged()).find(({ message }) => message === 'answered') ?? {};
  return { lines: logLines(logged()), line, metrics: metricsIn(logged()) };
}

describe('the line about a request', () => {
  test('tells how long its calls of the database took and how often they were sent again, for the log and for metrics', async () => {
    const { line, metrics } = await lineOf(() => {
      tellDatabaseCall({ milliseconds: 12.4, retries: 0, lost: false });
      tellDatabaseCall({ milliseconds: 30.1, retries: 2, lost: false });
      return answer;
    });
    expect(line).toMatchObject({ status: 201, DatabaseCalls: 2, DatabaseMilliseconds: 43 });
    const ofAll = { service: 'countinghouse', stage: 'none' };
    expect(metrics).toEqual([
      { name: 'DatabaseCallDuration', unit: 'Milliseconds', dimensions: ofAll, values: [12.4, 30.1] },
      { name: 'DatabaseRetries', unit: 'Count', dimensions: ofAll, values: [2] },
      { name: 'DatabaseUnavailable', unit: 'Count', dimensions: ofAll, values: [0] },
    ]);
  });

  test('carries no metrics of a request that called nothing and was not refused', async () => {
    const { line, metrics } = await lineOf(() => answer);
    expect(metrics).toEqual([]);
    expect(line).not.toHaveProperty('_aws');
  });

  test('counts a refusal under its code, apart from what the code says nothing of', async () => {
    const { lines, metrics } = await lineOf(() => {
      tellDatabaseCall({ milliseconds: 5, retries: 0, lost: false });
      throw new BankError('INSUFFICIENT_FUNDS');
    });
    expect(lines).toHaveLength(1);
    expect(metrics.filter(({ dimensions }) => 'code' in dimensions)).toEqual([
      {
        name: 'RequestsRefused',
        unit: 'Count',
        dimensions: { service: 'countinghouse', stage: 'none', code: 'INSUFFICIENT_FUNDS' },
        values: [1],
      },
    ]);
  });

  test('counts a defect as INTERNAL_ERROR', async () => {
    const { metrics } = await lineOf(() => {
      throw new Error('permission denied');
    });
    expect(metrics).toMatchObject([{ name: 'RequestsRefused', dimensions: { code: 'INTERNAL_ERROR' } }]);
  });

  test.each([
    ['is known by its answer', new BankError('UNAVAILABLE', { cause: disabled }), 1],
    ['was not foreseen', disabled, 1],
    ['is of another service', new BankError('UNAVAILABLE', { cause: new Error('the bucket is away') }), 0],
  ])('counts a failure of KMS that %s', async (_what, error, times) => {
    const { metrics } = await lineOf(() => {
      throw error;
    });
    expect(metrics.filter(({ name }) => name === 'KmsFailures')).toHaveLength(times);
  });

  test('has nothing of the calls of an earlier request', async () => {
    tellDatabaseCall({ milliseconds: 99, retries: 9, lost: true });
    const { metrics } = await lineOf(() => answer);
    expect(metrics).toEqual([]);
  });

  test('carries a hundred measurements of a metric, which is all that CloudWatch takes of a line', async () => {
    const { metrics } = await lineOf(() => {
      for (let call = 0; call < 120; call += 1) tellDatabaseCall({ milliseconds: call, retries: 0, lost: false });
      return answer;
    });
    expect(metrics.find(({ name }) => name === 'DatabaseCallDuration')?.values).toHaveLength(100);
  });
});
