import { expect, test } from 'vitest';
import { countTransfers } from '../../../lambdas/runtime/event-metrics.ts';
import { metrics } from '../../../lambdas/runtime/metrics.ts';
import { captureLogs } from '../support/logs.ts';
import { metricsIn } from '../support/metrics.ts';

type Measured = Parameters<typeof countTransfers>[0];

/** What is measured of events: name and code → measurements. */
function measured(events: Measured): Record<string, number[]> {
  const logged = captureLogs();
  countTransfers(events);
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  return Object.fromEntries(
    metricsIn(logged()).map(({ name, dimensions: { code }, values }) => [code ? `${name} ${code}` : name, values]),
  );
}

const fraud = (score: number, ...errors: (string | undefined)[]) => ({
  score,
  rules: errors.map(error => ({ error })),
});

test('transfers are counted, completed or refused by code, with the scores of the gate', () => {
  expect(
    measured([
      { type: 'TransactionPosted', data: { transaction_type: 'TRANSFER', fraud: fraud(0) } },
      { type: 'TransactionPosted', data: { transaction_type: 'TRANSFER', fraud: fraud(40) } },
      { type: 'TransactionRefused', data: { transaction_type: 'TRANSFER', code: 'INSUFFICIENT_FUNDS' } },
      { type: 'TransactionRefused', data: { transaction_type: 'TRANSFER', code: 'FRAUD_BLOCKED', fraud: fraud(95) } },
      { type: 'TransactionRefused', data: { transaction_type: 'TRANSFER', code: 'INSUFFICIENT_FUNDS' } },
    ]),
  ).toEqual({
    TransfersCompleted: [1, 1],
    'TransfersRefused INSUFFICIENT_FUNDS': [2],
    'TransfersRefused FRAUD_BLOCKED': [1],
    FraudScore: [0, 40, 95],
    FraudBlocked: [1],
  });
});

test('rules that could not answer are counted', () => {
  expect(
    measured([
      {
        type: 'TransactionRefused',
        data: { transaction_type: 'TRANSFER', code: 'FRAUD_BLOCKED', fraud: fraud(70, '22P02', undefined, '22012') },
      },
    ]),
  ).toMatchObject({ FraudRuleErrors: [2] });
});

test('what is no transfer is none', () => {
  expect(
    measured([
      { type: 'TransactionPosted', data: { transaction_type: 'DEPOSIT' } },
      { type: 'AccountOpened' },
      { type: 'FraudAlertRaised', data: {} },
    ]),
  ).toEqual({});
});
