import type { CloudAssembly } from './assembly/assembly.ts';
import { clientSettings } from './client-settings.ts';
import { createKeys } from './provision-keys.ts';

async function createQueues(endpoint: string, { queues }: CloudAssembly): Promise<void> {
  const { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(clientSettings(endpoint));
  const urls: (string | undefined)[] = [];
  for (const { name } of queues) {
    urls.push((await client.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl);
  }
  // Afterwards, for one may name another as its dead-letter queue.
  for (const [index, { attributes }] of queues.entries()) {
    await client.send(new SetQueueAttributesCommand({ QueueUrl: urls[index], Attributes: attributes }));
  }
  client.destroy();
}

async function createTopics(endpoint: string, { topics, subscriptions }: CloudAssembly): Promise<void> {
  const { CreateTopicCommand, SNSClient, SubscribeCommand } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(clientSettings(endpoint));
  for (const { name } of topics) await client.send(new CreateTopicCommand({ Name: name }));
  for (const { topicArn, protocol, endpoint: Endpoint, rawDelivery } of subscriptions) {
    const Attributes: Record<string, string> = rawDelivery ? { RawMessageDelivery: 'true' } : {};
    await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: protocol, Endpoint, Attributes }));
  }
  client.destroy();
}

async function createBuckets(endpoint: string, { buckets }: CloudAssembly): Promise<void> {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client(clientSettings(endpoint));
  for (const { name, objectLock } of buckets) {
    const request = new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: objectLock });
    await client.send(request).catch((error: Error) => {
      if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
    });
  }
  client.destroy();
}

const creators = { sqs: createQueues, sns: createTopics, s3: createBuckets, kms: createKeys };

/**
 * Makes what the application needs in services that take the place of the local ones, such as those of LocalStack:
 * queues, topics, buckets and keys. What is there already stays.
 */
export async function provisionElsewhere(
  assembly: CloudAssembly,
  chosen: Record<string, string>,
  own: Record<string, string>,
): Promise<void> {
  for (const [service, create] of Object.entries(creators)) {
    const endpoint = chosen[service];
    if (endpoint !== undefined && endpoint !== own[service]) await create(endpoint, assembly);
  }
}
