import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** The most messages that SQS gives, or takes, at once. */
const mostAtOnce = 10;
/** How long messages are kept from others while they are looked at. */
const lookSeconds = 60;

/** A message that was given up, as an operator sees it. */
export interface DeadLetter {
  id: string;
  /** The event's type, or the name of the job or schedule; undefined where the body is none of them. */
  about: string | undefined;
  /** When it was sent at first. */
  sentAt: Date;
  /** How often it was received before this look. */
  receiveCount: number;
  body: string;
}

const known = z.union([
  z.object({ type: z.string() }).transform(({ type }) => type),
  z.object({ job: z.string() }).transform(({ job }) => job),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);

function aboutWhat(body: string): string | undefined {
  try {
    return known.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function describe({ MessageId = '', Body: body = '', Attributes }: Message): DeadLetter {
  return {
    id: MessageId,
    about: aboutWhat(body),
    sentAt: new Date(Number(Attributes?.SentTimestamp)),
    receiveCount: Number(Attributes?.ApproximateReceiveCount) - 1,
    body,
  };
}

/** Receives up to `most` messages, which others do not see for a minute; none when none comes within two seconds. */
export async function receiveDeadLetters(client: SQSClient, QueueUrl: string, most: number): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(most, mostAtOnce),
      VisibilityTimeout: lookSeconds,
      // A long poll asks every server of a queue, a short one only some.
      WaitTimeSeconds: 2,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** Lets others see messages again at once. */
async function release(client: SQSClient, QueueUrl: string, messages: Message[]): Promise<void> {
  for (let from = 0; from < messages.length; from += mostAtOnce) {
    const Entries = messages
      .slice(from, from + mostAtOnce)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

/** Deletes the dead letter with this id. @returns whether there was one. */
export async function dropDeadLetter(client: SQSClient, queueUrl: string, id: string): Promise<boolean> {
  const seen: Message[] = [];
  try {
    for (;;) {
      const messages = await receiveDeadLetters(client, queueUrl, mostAtOnce);
      if (messages.length === 0) return false;
      const found = messages.find(({ MessageId }) => MessageId === id);
      seen.push(...messages.filter(message => message !== found));
      if (found) {
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: found.ReceiptHandle }));
        return true;
      }
    }
  } finally {
    await release(client, queueUrl, seen);
  }
}

/** Looks at up to `limit` dead letters, the oldest first, and leaves them where they are. */
export async function listDeadLetters(client: SQSClient, queueUrl: string, limit: number): Promise<DeadLetter[]> {
  const seen: Message[] = [];
  try {
    while (seen.length < limit) {
      const messages = await receiveDeadLetters(client, queueUrl, limit - seen.length);
      if (messages.length === 0) break;
      seen.push(...messages);
    }
  } finally {
    await release(client, queueUrl, seen);
  }
  return seen.map(describe).sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime());
}
