import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { redrive } from '../../../ops/redrive.ts';

const pair = { queueUrl: 'https://queue/events', deadLetterUrl: 'https://queue/dead' };
const sqs = mockClient(SQSClient);

beforeEach(() => {
  sqs.reset();
  for (const [QueueUrl, QueueArn] of [
    [pair.queueUrl, 'arn:events'],
    [pair.deadLetterUrl, 'arn:dead'],
  ]) {
    const Attributes = { QueueArn, ApproximateNumberOfMessages: '3' };
    sqs.on(GetQueueAttributesCommand, { QueueUrl }).resolves({ Attributes });
  }
});

async function run(limit?: number): Promise<{ moved: number; progress: number[] }> {
  const progress: number[] = [];
  const moved = await redrive(new SQSClient(), pair, { limit, onProgress: count => progress.push(count) });
  return { moved, progress };
}

const task = (Status: string, ApproximateNumberOfMessagesMoved: number, FailureReason?: string) => ({
  Results: [{ Status, ApproximateNumberOfMessagesMoved, FailureReason }],
});
const letters = (...ids: string[]) => ({
  Messages: ids.map(id => ({
    MessageId: id,
    ReceiptHandle: `handle ${id}`,
    Body: `body ${id}`,
    MessageAttributes: { kind: { DataType: 'String', StringValue: id } },
  })),
});

describe('a redrive by SQS', () => {
  test('goes where the messages came from, and is followed to its end', async () => {
    sqs
      .on(ListMessageMoveTasksCommand)
      .resolvesOnce({})
      .resolvesOnce(task('RUNNING', 1))
      .resolvesOnce(task('RUNNING', 1))
      .resolves(task('COMPLETED', 3));
    sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'h' });
    expect(await run()).toEqual({ moved: 3, progress: [1, 3] });
    const [start] = sqs.commandCalls(StartMessageMoveTaskCommand);
    expect(start?.args[0].input).toEqual({ SourceArn: 'arn:dead', DestinationArn: 'arn:events' });
  });

  test('that runs already is followed, not started again', async () => {
    sqs.on(ListMessageMoveTasksCommand).resolvesOnce(task('RUNNING', 2)).resolves(task('COMPLETED', 3));
    expect((await run()).moved).toBe(3);
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toEqual([]);
  });

  test.each([
    ['fails', task('FAILED', 1, 'AccessDenied'), 'after 1 messages (AccessDenied)'],
    ['is cancelled', task('CANCELLED', 2), 'after 2 messages (it is CANCELLED)'],
  ])('that %s is told, with how far it came', async (_name, end, message) => {
    sqs.on(ListMessageMoveTasksCommand).resolvesOnce({}).resolves(end);
    sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 'h' });
    await expect(run()).rejects.toThrow(message);
  });

  test('that is forbidden is no reason to do it by hand', async () => {
    sqs.on(ListMessageMoveTasksCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await expect(run()).rejects.toThrow('no');
    expect(sqs.commandCalls(ReceiveMessageCommand)).toEqual([]);
  });
});

describe('a redrive by hand', () => {
  const notServed = Object.assign(new Error('Unknown action'), { name: 'InvalidAction' });

  test('takes its place where the service has no such operation, and sends before it deletes', async () => {
    sqs.on(ListMessageMoveTasksCommand).rejects(notServed);
    sqs.on(ReceiveMessageCommand).resolvesOnce(letters('a', 'b')).resolvesOnce(letters('c')).resolves({});
    expect(await run()).toEqual({ moved: 3, progress: [2, 3] });
    const sent = sqs.commandCalls(SendMessageCommand).map(call => call.args[0].input);
    expect(sent[0]).toEqual({
      QueueUrl: pair.queueUrl,
      MessageBody: 'body a',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } },
    });
    const deleted = sqs.commandCalls(DeleteMessageCommand).map(call => call.args[0].input);
    expect(deleted.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(['handle a', 'handle b', 'handle c']);
    expect(deleted[0]?.QueueUrl).toBe(pair.deadLetterUrl);
  });

  test('does not delete what could not be sent', async () => {
    sqs.on(ReceiveMessageCommand).resolvesOnce(letters('a'));
    sqs.on(SendMessageCommand).rejects(new Error('unreachable'));
    await expect(run(1)).rejects.toThrow('unreachable');
    expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
  });

  test('leaves alone what is given up again meanwhile', async () => {
    let round = 0;
    sqs.on(ReceiveMessageCommand).callsFake(() => {
      round += 1;
      return letters(`poison ${round}`);
    });
    expect((await run(100)).moved).toBe(3);
  });

  test('ends when nothing more is there, whatever was counted before', async () => {
    sqs.on(ReceiveMessageCommand).resolvesOnce(letters('a')).resolves({});
    expect((await run(3)).moved).toBe(1);
  });
});
