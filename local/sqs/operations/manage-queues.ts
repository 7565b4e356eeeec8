import * as z from 'zod';
import { arn } from '../../assembly/local-account.ts';
import { between, onQueue, operation, queueAt, type Sqs } from '../operation.ts';
import type { Queue } from '../queue.ts';
import { checkAttributes, type QueueAttributes, redrivePolicyOf } from '../queue-attributes.ts';
import {
  invalidAttributeName,
  invalidParameter,
  invalidValue,
  queueDoesNotExist,
  queueNameExists,
  unsupported,
} from '../sqs-error.ts';

const attributes = z.record(z.string(), z.string());
const account = arn('sqs', '').split(':').at(-2) ?? '';

/** A queue's URL, with the account in it, as AWS has it. */
const queueUrl = ({ origin }: Sqs, { name }: Queue) => `${origin()}/${account}/${name}`;

/** The attributes that are not set but found out. */
const foundOut: Record<string, (sqs: Sqs, queue: Queue) => string> = {
  QueueArn: (_sqs, queue) => queue.arn,
  ApproximateNumberOfMessages: (_sqs, queue) => String(queue.counts().ready),
  ApproximateNumberOfMessagesNotVisible: (_sqs, queue) => String(queue.counts().inFlight),
  ApproximateNumberOfMessagesDelayed: (_sqs, queue) => String(queue.counts().delayed),
  CreatedTimestamp: ({ store }, queue) => String(store.times(queue).createdAt),
  LastModifiedTimestamp: ({ store }, queue) => String(store.times(queue).modifiedAt),
};

const settable = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
];

function checkNew({ store }: Sqs, changes: QueueAttributes): void {
  checkAttributes(changes);
  const target = redrivePolicyOf(changes)?.deadLetterTargetArn;
  if (target !== undefined && !store.byArn(target)) {
    throw invalidValue('RedrivePolicy', changes.RedrivePolicy, 'Dead letter target does not exist.');
  }
}

export const createQueue = operation(
  z.object({ QueueName: z.string(), Attributes: attributes.default({}) }),
  (sqs, { QueueName, Attributes }) => {
    if (QueueName.endsWith('.fifo') || Attributes.FifoQueue !== undefined) {
      throw unsupported('FIFO queues are not served here.');
    }
    if (!/^[\w-]{1,80}$/.test(QueueName)) {
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    }
    checkNew(sqs, Attributes);
    const known = sqs.store.byName(QueueName);
    const other = Object.keys(Attributes).find(name => known && known.attributes[name] !== Attributes[name]);
    if (other !== undefined) throw queueNameExists(other);
    return { QueueUrl: queueUrl(sqs, known ?? sqs.store.create(QueueName, Attributes)) };
  },
);

export const deleteQueue = operation(onQueue, (sqs, input) => {
  sqs.store.remove(queueAt(sqs, input));
  return {};
});

export const getQueueUrl = operation(z.object({ QueueName: z.string() }), (sqs, { QueueName }) => {
  const queue = sqs.store.byName(QueueName);
  if (!queue) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(sqs, queue) };
});

export const listQueues = operation(
  z.object({
    QueueNamePrefix: z.string().default(''),
    MaxResults: between(1, 1_000).default(1_000),
    NextToken: z.string().default(''),
  }),
  (sqs, { QueueNamePrefix, MaxResults, NextToken }) => {
    const found = sqs.store.all().filter(({ name }) => name.startsWith(QueueNamePrefix) && name > NextToken);
    const page = found.slice(0, MaxResults);
    return {
      QueueUrls: page.map(queue => queueUrl(sqs, queue)),
      ...(page.length < found.length && { NextToken: page.at(-1)?.name }),
    };
  },
);

export const getQueueAttributes = operation(
  onQueue.extend({ AttributeNames: z.array(z.string()).default([]) }),
  (sqs, input) => {
    const queue = queueAt(sqs, input);
    const unknown = input.AttributeNames.find(
      name => name !== 'All' && !settable.includes(name) && foundOut[name] === undefined,
    );
    if (unknown !== undefined) throw invalidAttributeName(unknown);
    const wanted = (name: string) => input.AttributeNames.includes('All') || input.AttributeNames.includes(name);
    const found = Object.entries(foundOut).filter(([name]) => wanted(name));
    const set = Object.entries(queue.attributes).filter(([name]) => wanted(name));
    const all = [...set, ...found.map(([name, find]) => [name, find(sqs, queue)])];
    return all.length === 0 ? {} : { Attributes: Object.fromEntries(all) };
  },
);

export const setQueueAttributes = operation(onQueue.extend({ Attributes: attributes }), (sqs, input) => {
  const queue = queueAt(sqs, input);
  checkNew(sqs, input.Attributes);
  sqs.store.setAttributes(queue, input.Attributes);
  return {};
});

export const listDeadLetterSourceQueues = operation(onQueue, (sqs, input) => {
  const target = queueAt(sqs, input);
  const sources = sqs.store.all().filter(each => redrivePolicyOf(each.attributes)?.deadLetterTargetArn === target.arn);
  return { queueUrls: sources.map(queue => queueUrl(sqs, queue)) };
});

export const purgeQueue = operation(onQueue, (sqs, input) => {
  queueAt(sqs, input).purge();
  return {};
});
