import {
  DeleteObjectsCommand,
  GetObjectLockConfigurationCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../../../local/client-settings.ts';

/** Takes the queues and the objects out of the services that the environment names. Topics and keys hold nothing between tests. */
export async function emptyEmulator(): Promise<void> {
  const { AWS_ENDPOINT_URL_SQS: sqs, AWS_ENDPOINT_URL_S3: s3 } = process.env;
  if (sqs) await deleteQueues(sqs);
  if (s3) await emptyBuckets(s3);
}

async function deleteQueues(endpoint: string): Promise<void> {
  const client = new SQSClient(clientSettings(endpoint));
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand());
  for (const QueueUrl of QueueUrls) {
    await client.send(new DeleteQueueCommand({ QueueUrl }));
  }
  client.destroy();
}

/** Also objects that are locked: on a stage that is only tried out, whoever has the power may. */
async function emptyBuckets(endpoint: string): Promise<void> {
  const client = new S3Client(clientSettings(endpoint));
  const { Buckets = [] } = await client.send(new ListBucketsCommand());
  for (const { Name: Bucket } of Buckets) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) {
      const bypass = (await isLocked(client, Bucket)) ? { BypassGovernanceRetention: true } : {};
      await client.send(new DeleteObjectsCommand({ Bucket, ...bypass, Delete: { Objects } }));
    }
  }
  client.destroy();
}

/** Whether a bucket has Object Lock; one that has not refuses to hear of bypassing it. */
async function isLocked(client: S3Client, Bucket: string | undefined): Promise<boolean> {
  const asked = await client.send(new GetObjectLockConfigurationCommand({ Bucket })).catch((error: Error) => {
    if (error.name !== 'ObjectLockConfigurationNotFoundError') throw error;
  });
  return asked?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
}
