import * as z from 'zod';
import { batchOf, runBatch } from '../batch.ts';
import { type MessageAttributes, md5, messageAttribute, newMessage } from '../message.ts';
import { md5OfAttributes, messageBytes } from '../message-attributes.ts';
import { between, onQueue, operation, queueAt, type Sqs } from '../operation.ts';
import type { Queue } from '../queue.ts';
import { invalidBatch, invalidMessageContents, invalidParameter } from '../sqs-error.ts';

const mostBatchBytes = 1_048_576;
const mostAttributes = 10;

const content = {
  MessageBody: z.string(),
  DelaySeconds: between(0, 900).optional(),
  MessageAttributes: z.record(z.string(), messageAttribute).default({}),
  MessageSystemAttributes: z.record(z.string(), messageAttribute).default({}),
};
const entry = z.object(content);
type Content = z.output<typeof entry>;

/** Characters of XML, the planes beyond the first included, are all that a body may hold. */
const allowedText = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttributes[string]): void {
  if (!/^(?!AWS\.|Amazon\.|\.)[\w.-]{1,256}$/i.test(name) || name.endsWith('.') || name.includes('..')) {
    throw invalidParameter(`Invalid message attribute name ${name}.`);
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw invalidParameter(`The type of message (user) attribute '${name}' is invalid.`);
  }
  if (!(DataType.startsWith('Binary') ? BinaryValue : StringValue)) {
    throw invalidParameter(`The message (user) attribute '${name}' must contain a non-empty value of its type.`);
  }
}

function check(queue: Queue, { MessageBody, MessageAttributes }: Content): void {
  if (MessageBody === '') throw invalidParameter('The request must contain a non-empty message body.');
  if (!allowedText.test(MessageBody)) {
    throw invalidMessageContents('Invalid characters found in the message body.');
  }
  const attributes = Object.entries(MessageAttributes);
  if (attributes.length > mostAttributes) {
    throw invalidParameter(`Number of message attributes [${attributes.length}] exceeds the allowed maximum [10].`);
  }
  for (const [name, value] of attributes) checkAttribute(name, value);
  const limit = Number(queue.attributes.MaximumMessageSize);
  if (messageBytes(MessageBody, MessageAttributes) > limit) {
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  }
}

function send({ store }: Sqs, queue: Queue, asked: Content): object {
  check(queue, asked);
  const { MessageBody: body, MessageAttributes: attributes, MessageSystemAttributes } = asked;
  const now = store.now();
  const delay = asked.DelaySeconds ?? Number(queue.attributes.DelaySeconds);
  const traceHeader = MessageSystemAttributes.AWSTraceHeader?.StringValue;
  const message = newMessage({
    queue: queue.name,
    body,
    attributes,
    ...(traceHeader !== undefined && { traceHeader }),
    sentAt: now,
  });
  queue.add(message, { visibleAt: delay === 0 ? 0 : now + delay * 1_000, receiveCount: 0 });
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

export const sendMessage = operation(onQueue.extend(content), (sqs, input) => send(sqs, queueAt(sqs, input), input));

export const sendMessageBatch = operation(onQueue.extend({ Entries: batchOf(content) }), (sqs, input) => {
  const queue = queueAt(sqs, input);
  const bytes = input.Entries.map(each => messageBytes(each.MessageBody, each.MessageAttributes));
  if (bytes.reduce((sum, each) => sum + each, 0) > mostBatchBytes) {
    throw invalidBatch('BatchRequestTooLong', `Batch requests cannot be longer than ${mostBatchBytes} bytes.`);
  }
  return runBatch(input.Entries, each => send(sqs, queue, each));
});
