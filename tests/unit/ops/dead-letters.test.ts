import { ChangeMessageVisibilityBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { listDeadLetters } from '../../../ops/dead-letters.ts';

const sqs = mockClient(SQSClient);
beforeEach(() => {
  sqs.reset();
});

const letter = (id: number, body: string) => ({
  MessageId: `m${id}`,
  ReceiptHandle: `h${id}`,
  Body: body,
  Attributes: { SentTimestamp: String(1_000 * (100 - id)), ApproximateReceiveCount: '6' },
});
const list = (limit: number) => listDeadLetters(new SQSClient(), 'https://queue/dead', limit);
const released = () =>
  sqs
    .commandCalls(ChangeMessageVisibilityBatchCommand)
    .flatMap(call => call.args[0].input.Entries ?? [])
    .map(({ ReceiptHandle, VisibilityTimeout }) => `${ReceiptHandle} ${VisibilityTimeout}`);

test('dead letters are told the oldest first, by what their events are, and let go of', async () => {
  const first = { Messages: Array.from({ length: 10 }, (_, n) => letter(n, '{"type":"TransactionPosted"}')) };
  sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce(first)
    .resolvesOnce({ Messages: [letter(10, '[]'), letter(11, '{')] })
    .resolves({});
  const letters = await list(100);
  expect(letters.map(({ id }) => id).slice(0, 3)).toEqual(['m11', 'm10', 'm9']);
  expect(letters[0]).toEqual({ id: 'm11', about: undefined, sentAt: new Date(89_000), receiveCount: 5, body: '{' });
  expect([letters[1]?.about, letters[2]?.about]).toEqual([undefined, 'TransactionPosted']);
  expect(released()).toEqual(Array.from({ length: 12 }, (_, n) => `h${n} 0`));
});

test('no more are taken than asked for', async () => {
  sqs.on(ReceiveMessageCommand).resolves({ Messages: [letter(1, '{}')] });
  expect(await list(2)).toHaveLength(2);
  const asked = sqs.commandCalls(ReceiveMessageCommand).map(call => call.args[0].input.MaxNumberOfMessages);
  expect(asked).toEqual([2, 1]);
});

test('what was taken is let go of though the rest cannot be read', async () => {
  sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce({ Messages: [letter(1, '{}')] })
    .rejects(new Error('throttled'));
  await expect(list(10)).rejects.toThrow('throttled');
  expect(released()).toEqual(['h1 0']);
});
