import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { createWorkQueue } from '../../../lambdas/adapters/work-queue.ts';
import { runId } from '../support/job-runs.ts';

const client = mockClient(SQSClient);
beforeEach(() => {
  client.reset();
  client.on(SendMessageBatchCommand).resolves({});
});

const queueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/work';
const queue = () => createWorkQueue({ queueUrl, client: new SQSClient({ region: 'us-east-1' }) });
const parts = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    job: 'accrue-interest' as const,
    through: '2026-02-28',
    part: { run_id: runId, number },
  }));
const sent = () => client.commandCalls(SendMessageBatchCommand).map(call => call.args[0].input);

test('work goes out in calls of ten messages, each a message of its own', async () => {
  await queue().send(parts(23));
  expect(sent().map(({ Entries = [] }) => Entries.length)).toEqual([10, 10, 3]);
  const bodies = sent().flatMap(({ Entries = [] }) => Entries.map(({ MessageBody = '' }) => JSON.parse(MessageBody)));
  expect(bodies).toEqual(parts(23));
  expect(new Set(sent().map(({ QueueUrl }) => QueueUrl))).toEqual(new Set([queueUrl]));
});

test('work is put off for as long as is said', async () => {
  await queue().send([{ job: 'charge-fees', through: '2026-02-28' }], 60);
  await queue().send([{ job: 'charge-fees', through: '2026-02-28' }]);
  expect(sent().map(({ Entries = [] }) => Entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual([[60], [0]]);
});

test('nothing to send is no call', async () => {
  await queue().send([]);
  expect(sent()).toEqual([]);
});

test('work that the queue did not take is an error', async () => {
  client.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] });
  await expect(queue().send(parts(3))).rejects.toThrow('did not take 1 of 3 messages');
});
