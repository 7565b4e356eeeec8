import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
  type SQSServiceException,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished } from 'vitest';
import { type SqsOptions, startSqs } from '../../../local/sqs/start-sqs.ts';
import { temporaryFolder } from '../assembly/fixture.ts';

export const arnOf = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;

export function connect(endpoint: string): SQSClient {
  return new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

/** A server without queues unless told, and a client for it. */
export async function serve(options: Partial<SqsOptions> = {}) {
  const sqs = await startSqs({ directory: options.directory ?? (await temporaryFolder()), queues: [], ...options });
  const client = connect(sqs.url);
  onTestFinished(async () => {
    client.destroy();
    await sqs.close();
  });
  return { ...sqs, client };
}

/** A clock that stands until it is moved. */
export function clock(start = Date.parse('2026-01-01T00:00:00Z')) {
  let time = start;
  return {
    now: () => time,
    pass: (seconds: number) => {
      time += seconds * 1_000;
    },
  };
}

/** Makes a queue. @returns its URL. */
export async function addQueue(client: SQSClient, name: string, attributes: Record<string, string> = {}) {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return QueueUrl ?? '';
}

/** A queue that gives messages up to a dead-letter queue. @returns the URLs of both. */
export async function addQueueWithDeadLetters(client: SQSClient, maxReceiveCount: number, visibility = 0) {
  const deadLetters = await addQueue(client, 'dead');
  const url = await addQueue(client, 'events', {
    VisibilityTimeout: String(visibility),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount }),
  });
  return { url, deadLetters };
}

export async function send(
  client: SQSClient,
  QueueUrl: string,
  MessageBody: string,
  rest: Partial<SendMessageCommandInput> = {},
) {
  const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...rest }));
  return MessageId ?? '';
}

/** Receives up to ten messages, with all that there is to know of them. */
export async function receive(
  client: SQSClient,
  QueueUrl: string,
  rest: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...rest,
    }),
  );
  return Messages;
}

export const bodies = (messages: Message[]) => messages.map(message => message.Body);

/** Receives until a message comes, and for at most five seconds. */
export async function receiveSoon(client: SQSClient, url: string): Promise<Message[]> {
  return receive(client, url, { WaitTimeSeconds: 5 });
}

/** How many messages are ready, in flight and delayed. */
export async function counts(client: SQSClient, QueueUrl: string): Promise<number[]> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  return names.map(name => Number(Attributes?.[name]));
}

/** Expects a refusal with this name, and this message where one is given. */
export async function expectRefusal(call: Promise<unknown>, name: string, message?: string | RegExp): Promise<void> {
  const error = await call.then(
    () => undefined,
    (thrown: SQSServiceException) => thrown,
  );
  expect(error?.name).toBe(name);
  if (message !== undefined) expect(error?.message).toMatch(message);
}
