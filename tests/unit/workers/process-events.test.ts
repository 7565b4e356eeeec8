import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Notifications } from '../../../lambdas/adapters/notifications.ts';
import { bankEventOf, eventId } from '../support/bank-events.ts';
import { databaseError } from '../support/data-api-errors.ts';
import { lambdaContext } from '../support/events.ts';
import { captureLogs, messagesIn } from '../support/logs.ts';
import { topics } from '../support/notifications.ts';
import { failedMessages, sqsEvent } from '../support/sqs-events.ts';

const deliver = vi.hoisted(() => vi.fn<Notifications['deliver']>());
vi.mock(import('../../../lambdas/adapters/notifications.ts'), () => ({ createNotifications: () => ({ deliver }) }));

const database = mockClient(RDSDataClient);
const queue = mockClient(SQSClient);

beforeEach(() => {
  database.reset();
  queue.reset().on(SendMessageCommand).resolves({});
  deliver.mockReset().mockResolvedValue({ sent: 1, failed: 0, abandoned: 0, errors: {} });
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const name of ['DATABASE_CLUSTER_ARN', 'DATABASE_SECRET_ARN', 'DATABASE_NAME']) vi.stubEnv(name, name);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('NOTIFICATION_TOPICS', JSON.stringify(topics));
  vi.stubEnv('EMAIL_SENDER', '');
  vi.stubEnv('EVENT_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/000000000000/events');
});

const worker = async () => (await import('../../../lambdas/workers/process-events.ts')).handler;
const answer = (document: object) => ({ records: [[{ stringValue: JSON.stringify(document) }]] });
const done = { processed: [eventId(1)], skipped: [], unreviewed: [], unknown: [], notifications: 0 };
const opened = bankEventOf(1, { type: 'AccountOpened' });

test('the worker processes events, and logs of each its id, its type and the request that caused it', async () => {
  const logged = captureLogs();
  database.on(ExecuteStatementCommand).resolves(answer(done));
  expect(await (await worker())(sqsEvent(opened), lambdaContext())).toEqual({ batchItemFailures: [] });
  expect(messagesIn(logged())).toEqual([
    expect.objectContaining({
      message: 'processed',
      event_id: eventId(1),
      event_type: 'AccountOpened',
      request_id: 'request-1',
    }),
  ]);
  expect(logged()).not.toMatch(/12\.50|192\.0\.2/);
});

test('what the worker wrote is sent once it is committed', async () => {
  captureLogs();
  database.on(ExecuteStatementCommand).resolves(answer({ ...done, events: [bankEventOf(2)] }));
  await (await worker())(sqsEvent(opened), lambdaContext());
  expect(database.commandCalls(ExecuteStatementCommand)[0]?.args[0].input.sql).toContain(
    'bank.with_events((select bank.process_events(',
  );
  expect(queue.commandCalls(SendMessageCommand)[0]?.args[0].input.MessageBody).toBe(JSON.stringify(bankEventOf(2)));
});

test('what cannot be sent is left to the relay: the event is processed', async () => {
  captureLogs();
  queue.on(SendMessageCommand).rejects(new Error('away'));
  database.on(ExecuteStatementCommand).resolves(answer({ ...done, events: [bankEventOf(2)] }));
  expect(await (await worker())(sqsEvent(opened), lambdaContext())).toEqual({ batchItemFailures: [] });
});

test('notifications that were written are sent at once, and if that fails they are due all the same', async () => {
  const logged = captureLogs();
  deliver.mockRejectedValue(new Error('the mail is away'));
  database.on(ExecuteStatementCommand).resolves(answer({ ...done, notifications: 3 }));
  expect(await (await worker())(sqsEvent(opened), lambdaContext())).toEqual({ batchItemFailures: [] });
  expect(deliver.mock.calls).toEqual([[3]]);
  expect(messagesIn(logged())[0]).toMatchObject({ level: 'WARN', message: 'notifications not sent' });
});

test('an event that cannot be processed is reported, and why is logged', async () => {
  const logged = captureLogs();
  database.on(ExecuteStatementCommand).rejects(databaseError('22P02'));
  expect(failedMessages(await (await worker())(sqsEvent(opened), lambdaContext()))).toEqual(['message-1']);
  expect(messagesIn(logged())).toEqual([expect.objectContaining({ message: 'failed', event_id: eventId(1) })]);
});

test.each(['EVENT_QUEUE_URL', 'DATABASE_NAME', 'NOTIFICATION_TOPICS'])(
  'without %s the worker does not start',
  async name => {
    vi.stubEnv(name, undefined);
    await expect(worker()).rejects.toThrow(name);
  },
);
