import { SendMessageBatchCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { WorkMessage } from '../domain/jobs/work-message.ts';

/** The queue that work waits on for the workers. */
export interface WorkQueue {
  /**
   * Sends work, in calls of ten messages, to be worked on after some seconds or at once.
   *
   * @throws Error when the queue did not take all of it. It may be sent again: done twice, it is done once.
   */
  send(messages: readonly WorkMessage[], delaySeconds?: number): Promise<void>;
}

/** SQS takes ten messages in a call (Amazon SQS Developer Guide, "Quotas"). */
const mostEntries = 10;

/** An SQS client that tries three times: here nobody waits for an answer, and nothing else sends what it does not. */
function workQueueClient(config: SQSClientConfig = {}): SQSClient {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
  });
  return new SQSClient({ maxAttempts: 3, requestHandler, ...config });
}

/** The work queue in SQS. */
export function createWorkQueue({
  queueUrl,
  client = workQueueClient(),
}: {
  queueUrl: string;
  client?: SQSClient;
}): WorkQueue {
  return {
    async send(messages, delaySeconds = 0) {
      for (let start = 0; start < messages.length; start += mostEntries) {
        const Entries = messages.slice(start, start + mostEntries).map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
        }));
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        if (Failed.length > 0) {
          throw new Error(`The work queue did not take ${Failed.length} of ${Entries.length} messages`);
        }
      }
    },
  };
}
