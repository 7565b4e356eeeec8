import * as z from 'zod';
import type { QueueDefinition } from '../sqs/queue-definition.ts';
import { AssemblyError } from './assembly-error.ts';
import { flag, text } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const json = z.record(z.string(), z.unknown()).transform(value => JSON.stringify(value));

const queueSchema = z.object({
  FifoQueue: flag.default(false),
  VisibilityTimeout: text.optional(),
  DelaySeconds: text.optional(),
  MaximumMessageSize: text.optional(),
  MessageRetentionPeriod: text.optional(),
  ReceiveMessageWaitTimeSeconds: text.optional(),
  RedrivePolicy: json.optional(),
  RedriveAllowPolicy: json.optional(),
  KmsMasterKeyId: text.optional(),
  KmsDataKeyReusePeriodSeconds: text.optional(),
  SqsManagedSseEnabled: text.optional(),
});

/** A queue of the assembly. */
export interface AssemblyQueue extends QueueDefinition {
  stack: string;
  logicalId: string;
  arn: string;
}

/** The SQS queues, with their attributes as the API has them. */
export function readQueues(assembly: ResolvedAssembly): AssemblyQueue[] {
  return assembly.ofType('AWS::SQS::Queue').map(resource => {
    const { FifoQueue, ...properties } = resource.read(queueSchema);
    const { stack, logicalId } = resource;
    if (FifoQueue) throw new AssemblyError(`stack ${stack}, resource ${logicalId}: FIFO queues are not served locally`);
    const attributes = Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    return {
      stack,
      logicalId,
      arn: resource.attribute('Arn'),
      name: resource.attribute('QueueName'),
      attributes: Object.fromEntries(attributes),
    };
  });
}
