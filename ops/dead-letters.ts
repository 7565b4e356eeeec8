import {
  ChangeMessageVisibilityBatchCommand,
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
  /** The event's type; undefined where the body is no event. */
  eventType: string | undefined;
  /** When it was sent at first. */
  sentAt: Date;
  /** How often it was received before this look. */
  receiveCount: number;
  body: string;
}

const event = z.object({ type: z.string() });

function eventTypeOf(body: string): string | undefined {
  try {
    return event.safeParse(JSON.parse(body)).data?.type;
  } catch {
    return undefined;
  }
}

function describe({ MessageId = '', Body: body = '', Attributes }: Message): DeadLetter {
  return {
    id: MessageId,
    eventType: eventTypeOf(body),
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
