import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { databaseError } from '../support/data-api-errors.ts';
import { lambdaContext } from '../support/events.ts';
import { completedRun, nothingLeft, runId, runWith } from '../support/job-runs.ts';
import { captureLogs, logLines } from '../support/logs.ts';
import { failedMessages, sqsEvent } from '../support/sqs-events.ts';

const database = mockClient(RDSDataClient);
const queue = mockClient(SQSClient);
const message = { job: 'accrue-interest', through: '2026-02-28', part: { run_id: runId, number: 3 } };

beforeEach(() => {
  database.reset();
  queue.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const name of ['DATABASE_CLUSTER_ARN', 'DATABASE_SECRET_ARN', 'DATABASE_NAME']) vi.stubEnv(name, name);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('STAGE', 'test');
  vi.stubEnv('WORK_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/000000000000/work');
});

function databaseAnswers(...documents: unknown[]): void {
  const answers = documents.values();
  database.on(ExecuteStatementCommand).callsFake(() => {
    const answer = answers.next().value;
    if (answer instanceof Error) throw answer;
    return { records: [[{ stringValue: JSON.stringify(answer) }]] };
  });
}
const worker = async () => (await import('../../../lambdas/workers/run-job-part.ts')).handler;
const statements = () => database.commandCalls(ExecuteStatementCommand).map(call => call.args[0].input.sql);

test('a worker does the part that a message names, and logs which', async () => {
  const logged = captureLogs();
  databaseAnswers({ run: runWith(), closed: false });
  expect(await (await worker())(sqsEvent(message), lambdaContext(300_000))).toEqual({ batchItemFailures: [] });
  expect(statements()).toEqual(['select bank.run_job_part(:run_id::uuid, :part::integer)']);
  expect(logLines(logged())[0]).toMatchObject({
    message: 'worked',
    job: 'accrue-interest',
    through: '2026-02-28',
    run_id: runId,
    part: '3',
  });
});

test('after the last part it goes on with what comes next', async () => {
  captureLogs();
  databaseAnswers({ run: completedRun, closed: true }, nothingLeft);
  await (await worker())(sqsEvent(message), lambdaContext(300_000));
  expect(statements()[1]).toBe('select bank.start_run(:job, :through::date)');
});

test('a part that fails is noted and reported, and keeps no other of its batch from being done', async () => {
  const logged = captureLogs();
  databaseAnswers(databaseError('22003'), { run: runWith({ status: 'FAILED' }) }, { run: runWith(), closed: false });
  const other = { ...message, part: { run_id: runId, number: 4 } };
  const outcome = await (await worker())(sqsEvent(message, other), lambdaContext(300_000));
  expect(failedMessages(outcome)).toEqual(['message-1']);
  expect(statements()).toEqual([
    expect.stringContaining('run_job_part'),
    expect.stringContaining('fail_run'),
    expect.stringContaining('run_job_part'),
  ]);
  expect(logLines(logged()).map(line => line.message)).toEqual(expect.arrayContaining(['failed', 'worked']));
});

test.each([
  { job: 'make-coffee' },
  { through: 'soon' },
  { part: { run_id: 'some', number: 0 } },
  { part: { run_id: runId, number: -1 } },
])('a message with %j is reported, and asks nothing of the database', async change => {
  captureLogs();
  const outcome = await (await worker())(sqsEvent({ ...message, ...change }), lambdaContext(300_000));
  expect(failedMessages(outcome)).toEqual(['message-1']);
  expect(database.calls()).toEqual([]);
});

test('without a work queue it does not start', async () => {
  vi.stubEnv('WORK_QUEUE_URL', undefined);
  await expect(worker()).rejects.toThrow('WORK_QUEUE_URL');
});
