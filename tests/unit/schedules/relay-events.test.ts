import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { bankEvents } from '../support/bank-events.ts';
import { lambdaContext } from '../support/events.ts';
import { captureLogs, logLines } from '../support/logs.ts';

const database = mockClient(RDSDataClient);
const queue = mockClient(SQSClient);
const due = { scheduledTime: '2026-02-03T04:05:00Z', name: 'relay-events' };

beforeEach(() => {
  database.reset();
  queue.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const name of ['DATABASE_CLUSTER_ARN', 'DATABASE_SECRET_ARN', 'DATABASE_NAME']) vi.stubEnv(name, name);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('STAGE', 'test');
  vi.stubEnv('EVENT_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/000000000000/events');
  const answers = [{ depth: 2, lag_seconds: 95 }, { claimed: bankEvents(2) }, { relayed: 2 }, { claimed: [] }].values();
  database
    .on(ExecuteStatementCommand)
    .callsFake(() => ({ records: [[{ stringValue: JSON.stringify(answers.next().value) }]] }));
});

const relay = async () => (await import('../../../lambdas/schedules/relay-events.ts')).handler;
const emitted = (text: string) => logLines(text).find(line => '_aws' in line);

test('the relay sends what is due, and tells how much there was and how old', async () => {
  const logged = captureLogs();
  queue.on(SendMessageBatchCommand).resolves({});
  const result = { depth: 2, lag_seconds: 95, relayed: 2 };
  expect(await (await relay())(due, lambdaContext())).toEqual(result);
  expect(queue.commandCalls(SendMessageBatchCommand)).toHaveLength(1);
  expect(logLines(logged())[0]).toMatchObject({ message: 'done', ...result });
  expect(emitted(logged())).toMatchObject({ OutboxDepth: 2, OutboxLagSeconds: 95, EventsRelayed: 2, stage: 'test' });
});

test('the relay fails when the queue is away, so that somebody hears of it, and still tells how much there is', async () => {
  const logged = captureLogs();
  queue.on(SendMessageBatchCommand).rejects(new Error('away'));
  await expect((await relay())(due, lambdaContext())).rejects.toThrow('did not take 2 events');
  expect(emitted(logged())).toMatchObject({ OutboxDepth: 2, OutboxLagSeconds: 95 });
  expect(emitted(logged())).not.toHaveProperty('EventsRelayed');
});

test('without a queue the relay does not start', async () => {
  vi.stubEnv('EVENT_QUEUE_URL', undefined);
  await expect(relay()).rejects.toThrow('EVENT_QUEUE_URL');
});
