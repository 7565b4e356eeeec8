import { randomUUID } from 'node:crypto';
import { DeleteQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { addQueue, receive, serve } from '../../local/sqs/support.ts';
import { elsewhere } from '../elsewhere.ts';

/** A queue of one test, and a client of SQS. */
export interface QueueUnderTest {
  client: SQSClient;
  queue: string;
  /** Makes another. @returns its URL. */
  another(attributes?: Record<string, string>): Promise<string>;
}

/** Makes a queue: on a server of the test's own, unless the suite runs elsewhere; there it is removed after the test. */
export async function queueOf(attributes: Record<string, string> = {}): Promise<QueueUnderTest> {
  const settings = elsewhere('SQS');
  const client = settings ? new SQSClient(settings) : (await serve()).client;
  if (settings) onTestFinished(() => client.destroy());
  const another = async (given: Record<string, string> = {}) => {
    // A name may not come again within a minute of its queue's end.
    const url = await addQueue(client, `conformance-${randomUUID()}`, given);
    onTestFinished(async () => {
      await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    });
    return url;
  };
  return { client, queue: await another(attributes), another };
}

export async function arnOf(client: SQSClient, QueueUrl: string): Promise<string> {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
}

/** Receives, long enough for a queue of many servers to ask all of them. */
export function receiveSoon(client: SQSClient, url: string, rest: Parameters<typeof receive>[2] = {}) {
  return receive(client, url, { WaitTimeSeconds: 5, ...rest });
}
