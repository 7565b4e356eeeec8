import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { reconciliationWith } from '../support/reconciliations.ts';
import { countsIn, scheduleEnvironment } from '../support/schedules.ts';

const database = mockClient(RDSDataClient);
const account = '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01';

beforeEach(() => {
  database.reset();
  vi.resetModules();
  scheduleEnvironment();
});

const finding = { check: 'balance', about_type: 'account', about_id: account, detail: 'a test' };
const none = { differences: 0, findings: [], next: null };

/** The database answers each function in turn, the last answer again and again; the report is what it is given. */
function databaseAnswers(answers: Record<string, object[]>): void {
  const waiting: Record<string, object[]> = {
    reconcile_accounts: [{ ...none, accounts: 2 }],
    reconcile_transactions: [{ ...none, transactions: 3, postings: 6, totals: { USD: '0.0000' } }],
    reconcile_checkpoints: [none],
    reconcile_interest: [{ differences: 0, findings: [] }],
    reconcile_outbox: [{ differences: 0, findings: [] }],
    ...answers,
  };
  database.on(ExecuteStatementCommand).callsFake(({ sql, parameters }) => {
    const [, name = ''] = /bank\.(\w+)\(/.exec(sql) ?? [];
    const given = (parameter: string) =>
      JSON.parse(parameters.find((one: { name: string }) => one.name === parameter)?.value.stringValue);
    const [answer, ...later] = waiting[name] ?? [];
    if (answer && later.length > 0) waiting[name] = later;
    const told =
      answer ?? reconciliationWith({ ...given('counts'), findings: given('findings'), outcome: 'DIFFERENT' });
    return { records: [[{ stringValue: JSON.stringify(told) }]] };
  });
}

async function run(remaining = 900_000) {
  const { handler } = await import('../../../lambdas/schedules/reconcile.ts');
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => remaining };
  return handler({ scheduledTime: '2026-02-03T02:00:00Z', name: 'reconcile' }, context);
}

const sent = (name: string) =>
  database
    .commandCalls(ExecuteStatementCommand)
    .map(({ args: [{ input }] }) => input)
    .filter(({ sql }) => sql?.includes(`bank.${name}(`))
    .map(({ parameters = [] }) =>
      Object.fromEntries(
        parameters.map(({ name: key, value }) => [key, value?.stringValue ?? value?.longValue ?? null]),
      ),
    );

test('every page is compared, what they come to is reported, and the differences are measured', async () => {
  const log = captureLogs();
  databaseAnswers({
    reconcile_accounts: [
      { differences: 1, findings: [finding], accounts: 500, next: account },
      { ...none, accounts: 2 },
    ],
    reconcile_transactions: [
      { ...none, transactions: 5000, postings: 10_000, totals: { USD: '1.0000' }, next: account },
      {
        differences: 2,
        findings: [finding, finding],
        transactions: 1,
        postings: 2,
        totals: { USD: '0.0000' },
        next: null,
      },
    ],
    reconcile_checkpoints: [{ ...none, next: '2026-02-02T00:00:00+00:00' }, none],
    reconcile_interest: [{ differences: 1, findings: [finding] }],
    reconcile_outbox: [{ differences: 1, findings: [finding] }],
  });
  expect(await run()).toMatchObject({
    accounts: 502,
    transactions: 5001,
    postings: 10_002,
    differences: 5,
    findings: [finding, finding, finding, finding, finding],
  });
  expect(sent('reconcile_accounts').map(({ after_id }) => after_id)).toEqual([null, account]);
  expect(sent('reconcile_transactions').map(({ after_id, totals }) => [after_id, totals])).toEqual([
    [null, '{}'],
    [account, '{"USD":"1.0000"}'],
  ]);
  expect(sent('reconcile_checkpoints')).toEqual([{ after_time: null }, { after_time: '2026-02-02T00:00:00+00:00' }]);
  expect(countsIn(log(), 'ReconciliationDifferences')).toEqual({ ReconciliationDifferences: 5 });
});

test('a report keeps the first hundred findings, and counts all', async () => {
  captureLogs();
  const many = { differences: 90, findings: Array(90).fill(finding) };
  databaseAnswers({ reconcile_accounts: [{ ...many, accounts: 2, next: null }], reconcile_outbox: [many] });
  const { differences, findings } = await run();
  expect([differences, findings.length]).toEqual([180, 100]);
});

test('a run that has no time for everything fails and reports nothing', async () => {
  const log = captureLogs();
  databaseAnswers({});
  await expect(run(20_000)).rejects.toThrow('before everything was compared');
  expect(sent('record_reconciliation')).toEqual([]);
  expect(countsIn(log(), 'ReconciliationDifferences')).toEqual({ ReconciliationDifferences: 0 });
});
