import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { CommandError } from '../local/command-error.ts';
import { receiveDeadLetters } from './dead-letters.ts';

/** A queue and the one that holds what it gave up, by URL. */
export interface QueuePair {
  queueUrl: string;
  deadLetterUrl: string;
}

export interface RedriveOptions {
  /** The most messages to move; all of them unless told. */
  limit?: number;
  /** Told how many were moved so far, whenever that has changed. */
  onProgress(moved: number): void;
}

const lookMs = 250;

/** How services that move no messages by themselves say so. */
const unsupported = ['InvalidAction', 'NotImplemented', 'UnknownOperationException', 'UnsupportedOperation'];

async function attributesOf(client: SQSClient, QueueUrl: string) {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages'] }),
  );
  return { arn: Attributes.QueueArn ?? '', messages: Number(Attributes.ApproximateNumberOfMessages ?? 0) };
}

async function newestTask(client: SQSClient, SourceArn: string) {
  const { Results: [task] = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
  return task;
}

/** Has SQS move everything, or follows it where it does so already. */
async function moveBySqs(
  client: SQSClient,
  pair: QueuePair,
  onProgress: RedriveOptions['onProgress'],
): Promise<number> {
  const [source, destination] = await Promise.all([
    attributesOf(client, pair.deadLetterUrl),
    attributesOf(client, pair.queueUrl),
  ]);
  if ((await newestTask(client, source.arn))?.Status !== 'RUNNING') {
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: source.arn, DestinationArn: destination.arn }));
  }
  let told = 0;
  for (;;) {
    const task = await newestTask(client, source.arn);
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    if (moved > told) onProgress(moved);
    told = moved;
    if (task?.Status === 'COMPLETED') return moved;
    if (task?.Status !== 'RUNNING') {
      const reason = task?.FailureReason ?? `it is ${task?.Status}`;
      throw new CommandError(`SQS stopped after ${moved} messages (${reason}): look at the rest, and try again.`);
    }
    await pause(lookMs);
  }
}

/** Sends a message where it came from, and only then deletes it: cut short, it is in both places and does no harm twice. */
async function moveOne(client: SQSClient, { queueUrl, deadLetterUrl }: QueuePair, message: Message): Promise<void> {
  const { Body, MessageAttributes, ReceiptHandle } = message;
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body, MessageAttributes }));
  await client.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle }));
}

async function moveByHand(client: SQSClient, pair: QueuePair, options: RedriveOptions): Promise<number> {
  // What is given up again meanwhile is left for another time: else a poisoned message would keep this going for ever.
  const { messages } = await attributesOf(client, pair.deadLetterUrl);
  const most = Math.min(messages, options.limit ?? messages);
  let moved = 0;
  while (moved < most) {
    const received = await receiveDeadLetters(client, pair.deadLetterUrl, most - moved);
    if (received.length === 0) break;
    await Promise.all(received.map(message => moveOne(client, pair, message)));
    moved += received.length;
    options.onProgress(moved);
  }
  return moved;
}

/**
 * Moves dead letters back to the queue that gave them up: by SQS itself, or one by one where only some are to be moved, or
 * the service has no such operation. Safe to repeat whenever it was cut short.
 *
 * @returns how many were moved
 * @throws CommandError when SQS stopped before it had moved all of them.
 */
export async function redrive(client: SQSClient, pair: QueuePair, options: RedriveOptions): Promise<number> {
  if (options.limit !== undefined) return await moveByHand(client, pair, options);
  try {
    return await moveBySqs(client, pair, options.onProgress);
  } catch (error) {
    if (!(error instanceof Error && unsupported.includes(error.name))) throw error;
    return await moveByHand(client, pair, options);
  }
}
