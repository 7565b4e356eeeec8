import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { completedRun, nothingLeft, startedWith } from '../support/job-runs.ts';
import { captureLogs, logLines } from '../support/logs.ts';

const database = mockClient(RDSDataClient);
const queue = mockClient(SQSClient);
const due = { scheduledTime: '2026-03-01T00:30:00Z', name: 'accrue-interest' };

beforeEach(() => {
  database.reset();
  queue.reset();
  queue.on(SendMessageBatchCommand).resolves({});
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const name of ['DATABASE_CLUSTER_ARN', 'DATABASE_SECRET_ARN', 'DATABASE_NAME']) vi.stubEnv(name, name);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('STAGE', 'test');
  vi.stubEnv('WORK_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/000000000000/work');
});

function databaseAnswers(...documents: unknown[]): void {
  const answers = documents.values();
  database
    .on(ExecuteStatementCommand)
    .callsFake(() => ({ records: [[{ stringValue: JSON.stringify(answers.next().value) }]] }));
}
const parameters = (call: number) =>
  Object.fromEntries(
    (database.commandCalls(ExecuteStatementCommand)[call]?.args[0].input.parameters ?? []).map(({ name, value }) => [
      name,
      value?.stringValue ?? value?.longValue ?? null,
    ]),
  );
const job = async () => (await import('../../../lambdas/schedules/run-job.ts')).handler;
const worked = { run: completedRun, closed: true };

test('a schedule runs the job that it is named after, for the last day that is over, and tells what was done', async () => {
  const logged = captureLogs();
  databaseAnswers({ through: '2026-02-28' }, startedWith(), worked, nothingLeft);
  const told = {
    job: 'accrue-interest',
    through: '2026-02-28',
    runs: [
      { job: 'accrue-interest', run_date: '2026-02-28', counts: { accruals: 12, adjustments: 1 }, duration_ms: 1500 },
    ],
    handed_over: false,
  };
  expect(await (await job())(due, lambdaContext(300_000))).toEqual(told);
  expect(parameters(0)).toEqual({ through: null, days_ahead: 0 });
  expect(parameters(1)).toEqual({ job: 'accrue-interest', through: '2026-02-28' });
  expect(logLines(logged()).find(({ message }) => message === 'done')).toMatchObject(told);
});

test('each run that is completed is counted under its job', async () => {
  const logged = captureLogs();
  databaseAnswers({ through: '2026-02-28' }, startedWith(), worked, nothingLeft);
  await (await job())(due, lambdaContext(300_000));
  const metrics = logLines(logged()).filter(line => '_aws' in line);
  expect(Object.assign({}, ...metrics)).toMatchObject({
    job: 'accrue-interest',
    service: 'countinghouse',
    stage: 'test',
    JobDuration: 1500,
    JobAccruals: 12,
    JobAdjustments: 1,
  });
});

test('a date that was given by hand is the day to work on, as far ahead as the stage allows', async () => {
  captureLogs();
  vi.stubEnv('BOOKS_DAYS_AHEAD', '30');
  databaseAnswers({ through: '2026-03-05' }, nothingLeft);
  expect(await (await job())({ ...due, date: '2026-03-05' }, lambdaContext(300_000))).toMatchObject({ runs: [] });
  expect(parameters(0)).toEqual({ through: '2026-03-05', days_ahead: 30 });
});

test('many parts go to the work queue', async () => {
  captureLogs();
  databaseAnswers({ through: '2026-02-28' }, startedWith({ open_parts: [0, 1, 2, 3, 4] }));
  expect(await (await job())(due, lambdaContext(300_000))).toMatchObject({ runs: [], handed_over: true });
  expect(queue.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.Entries).toHaveLength(5);
});

test('without time for another run, the goal goes to the work queue', async () => {
  captureLogs();
  databaseAnswers({ through: '2026-02-28' });
  expect(await (await job())(due, lambdaContext(20_000))).toMatchObject({ runs: [], handed_over: true });
  const [entry] = queue.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.Entries ?? [];
  expect(JSON.parse(entry?.MessageBody ?? '')).toEqual({ job: 'accrue-interest', through: '2026-02-28' });
});

test.each([{ name: 'make-coffee' }, { date: '2026-02-30' }, { date: 'yesterday' }])(
  'a schedule with %j fails before anything is asked of the database',
  async change => {
    captureLogs();
    await expect((await job())({ ...due, ...change }, lambdaContext(300_000))).rejects.toThrow();
    expect(database.calls()).toEqual([]);
  },
);

test.each(['WORK_QUEUE_URL', 'DATABASE_NAME'])('without %s it does not start', async name => {
  vi.stubEnv(name, undefined);
  await expect(job()).rejects.toThrow(name);
});
