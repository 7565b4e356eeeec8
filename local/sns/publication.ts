import { randomUUID } from 'node:crypto';
import type { QueryParameters } from './query-parameters.ts';
import { invalidParameter } from './sns-error.ts';
import type { Subscription, Topic } from './topic-store.ts';

export type PublishedAttributes = Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;

/** A message on its way to whom a topic's subscriptions name. */
export interface Publication {
  id: string;
  topic: Topic;
  subject: string | undefined;
  message: string;
  attributes: PublishedAttributes;
  publishedAt: Date;
}

const mostBytes = 262_144;

/** Text of one line, of at most 100 characters. */
const allowedSubject = /^[^\p{Cc}\u2028\u2029]{1,100}$/u;

function readAttributes(parameters: QueryParameters): PublishedAttributes {
  const entries = parameters.items('MessageAttributes.entry').map(entry => {
    const [DataType, StringValue, BinaryValue] = ['DataType', 'StringValue', 'BinaryValue'].map(field =>
      entry.get(`Value.${field}`),
    );
    if (DataType === undefined) throw invalidParameter('Message attribute without a type');
    const value = {
      ...(StringValue !== undefined && { StringValue }),
      ...(BinaryValue !== undefined && { BinaryValue }),
    };
    return [entry.get('Name') ?? '', { DataType, ...value }];
  });
  return Object.fromEntries(entries);
}

/** Reads what is to be published, and refuses what SNS does; `parameters` are the request's or a batch entry's. */
export function readPublication(topic: Topic, parameters: QueryParameters): Publication {
  const message = parameters.get('Message') ?? '';
  if (message === '') throw invalidParameter('Empty message');
  if (Buffer.byteLength(message) > mostBytes) throw invalidParameter('Message too long');
  const subject = parameters.get('Subject');
  if (subject !== undefined && !allowedSubject.test(subject)) throw invalidParameter('Subject');
  if (parameters.get('MessageStructure') !== undefined) throw invalidParameter('MessageStructure is not served here');
  return {
    id: randomUUID(),
    topic,
    subject,
    message,
    attributes: readAttributes(parameters),
    publishedAt: new Date(),
  };
}

function envelopeAttributes(attributes: PublishedAttributes): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
    ]),
  );
}

/** What a subscriber gets around a message (https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html). */
export function envelope({ id, topic, subject, message, attributes, publishedAt }: Publication, to: Subscription) {
  const named = envelopeAttributes(attributes);
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: publishedAt.toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-local.pem',
    UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${to.arn}`,
    ...(Object.keys(named).length > 0 && { MessageAttributes: named }),
  };
}
