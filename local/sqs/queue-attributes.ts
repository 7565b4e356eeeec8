import { invalidAttributeName, invalidAttributeValue, invalidValue } from './sqs-error.ts';

/** What a queue has where nobody says otherwise. */
const defaults = {
  VisibilityTimeout: '30',
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};

/** Attributes that are whole numbers: lowest and highest value, in seconds or bytes. */
const ranges: Record<string, [number, number]> = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1_024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};

/** Kept and answered, without effect here. */
const keptOnly = ['Policy', 'KmsMasterKeyId', 'SqsManagedSseEnabled', 'RedriveAllowPolicy'];

export type QueueAttributes = Record<string, string>;

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

function parseRedrivePolicy(text: string): RedrivePolicy | undefined {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text);
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(count) || count < 1 || count > 1_000) {
      return undefined;
    }
    return { deadLetterTargetArn, maxReceiveCount: count };
  } catch {
    return undefined;
  }
}

function check(name: string, value: string): void {
  if (keptOnly.includes(name)) return;
  if (name === 'RedrivePolicy') {
    if (value !== '' && !parseRedrivePolicy(value)) {
      throw invalidValue(name, value, 'It must name a deadLetterTargetArn and a maxReceiveCount from 1 to 1000.');
    }
    return;
  }
  const range = ranges[name];
  if (!range) throw invalidAttributeName(name);
  const [lowest, highest] = range;
  if (!/^\d+$/.test(value) || Number(value) < lowest || Number(value) > highest) throw invalidAttributeValue(name);
}

/** Checks attributes that somebody sets, by AWS's names and limits; an empty `RedrivePolicy` takes it away. */
export function checkAttributes(attributes: QueueAttributes): void {
  for (const [name, value] of Object.entries(attributes)) check(name, value);
}

/** A queue's attributes once these are set: those that are emptied are gone. */
export function mergedAttributes(current: QueueAttributes, changes: QueueAttributes): QueueAttributes {
  const merged = { ...defaults, ...current, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

/** A queue's redrive policy, when it has one. */
export function redrivePolicyOf(attributes: QueueAttributes): RedrivePolicy | undefined {
  return attributes.RedrivePolicy === undefined ? undefined : parseRedrivePolicy(attributes.RedrivePolicy);
}
