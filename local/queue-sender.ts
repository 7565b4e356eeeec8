import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from './client-settings.ts';

/** Message attributes as they are on the wire, with bytes in base64. */
type Attributes = Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;

/** Sends messages to queues by ARN, for the parts of the local cloud that do so in AWS's place. */
export interface QueueSender {
  send(queueArn: string, body: string, attributes: Attributes): Promise<void>;
  close(): Promise<void>;
}

/** Sends through the SQS of this address. */
export function queueSender(sqsUrl: string): QueueSender {
  const client = new SQSClient(clientSettings(sqsUrl));
  return {
    async send(queueArn, body, attributes) {
      const QueueUrl = `${sqsUrl}/${queueArn.split(':').slice(-2).join('/')}`;
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, { BinaryValue, ...rest }]) => [
          name,
          { ...rest, ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue, 'base64') }) },
        ]),
      );
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }));
    },
    async close() {
      client.destroy();
    },
  };
}

/** Attributes that are all text. */
export function textAttributes(texts: Record<string, string>): Attributes {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
