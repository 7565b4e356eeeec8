import * as z from 'zod';
import { md5 } from '../message.ts';
import { md5OfAttributes, selectAttributes } from '../message-attributes.ts';
import { between, onQueue, operation, queueAt } from '../operation.ts';
import type { Received } from '../queue.ts';

const input = onQueue.extend({
  MaxNumberOfMessages: between(1, 10).default(1),
  VisibilityTimeout: between(0, 43_200).optional(),
  WaitTimeSeconds: between(0, 20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});

/** Who sent it is not known here: requests need a signature, but whose is not looked at. */
const senderId = 'AIDALOCALLOCALLOCAL00';

function systemAttributes({ message, delivery }: Received): Record<string, string | undefined> {
  return {
    SenderId: senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(delivery.receiveCount),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt),
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
}

function onWire(received: Received, asked: z.output<typeof input>): object {
  const names = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
  const system = Object.entries(systemAttributes(received)).filter(
    ([name, value]) => value !== undefined && (names.includes('All') || names.includes(name)),
  );
  const attributes = selectAttributes(received.message.attributes, asked.MessageAttributeNames);
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: received.message.id,
    ReceiptHandle: received.receiptHandle,
    MD5OfBody: md5(received.message.body),
    Body: received.message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest !== undefined && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}

export const receiveMessage = operation(input, async (sqs, asked, gone) => {
  const queue = queueAt(sqs, asked);
  const wait = asked.WaitTimeSeconds ?? Number(queue.attributes.ReceiveMessageWaitTimeSeconds);
  const received = await queue.receive(asked.MaxNumberOfMessages, asked.VisibilityTimeout, wait * 1_000, gone);
  return received.length === 0 ? {} : { Messages: received.map(each => onWire(each, asked)) };
});
