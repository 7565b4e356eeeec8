import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The most messages that SQS gives, or takes, at once. */
export const mostAtOnce = 10;

/** The two things that an event source does with its queue. */
export interface QueueReader {
  /** Up to `most` messages, with all there is to know of them; waits for the first, but rejects at the `end`. */
  receive(most: number, waitSeconds: number, end?: AbortSignal): Promise<Message[]>;
  /** Deletes messages. @returns those that could not be. */
  delete(messages: Message[]): Promise<Message[]>;
}

/** Reads a queue as Lambda does: through the SQS API, wherever that is. */
export function queueReader(client: SQSClient, queueUrl: string): QueueReader {
  async function deleteSome(messages: Message[]): Promise<Message[]> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    return Failed.flatMap(({ Id }) => messages[Number(Id)] ?? []);
  }
  return {
    async receive(most, waitSeconds, end) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(most, mostAtOnce),
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        end && { abortSignal: end },
      );
      return Messages;
    },
    async delete(messages) {
      const parts: Message[][] = [];
      for (let from = 0; from < messages.length; from += mostAtOnce)
        parts.push(messages.slice(from, from + mostAtOnce));
      return (await Promise.all(parts.map(deleteSome))).flat();
    },
  };
}
