import {
  CreateBucketCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { expect, onTestFinished } from 'vitest';
import { type S3Options, startS3 } from '../../../local/s3/start-s3.ts';
import { temporaryFolder } from '../assembly/fixture.ts';

/** A client as the application makes one: nothing tells it to write the bucket into the path. */
export function connect(endpoint: string): S3Client {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

/** A server with a bucket `seals`, with Object Lock unless told, and a client for it. */
export async function serve(options: Partial<S3Options> = {}) {
  const s3 = await startS3({
    directory: options.directory ?? (await temporaryFolder()),
    buckets: [{ name: 'seals', versioning: true, objectLock: true }],
    ...options,
  });
  const client = connect(s3.url);
  onTestFinished(async () => {
    client.destroy();
    await s3.close();
  });
  return { ...s3, client };
}

export async function addBucket(client: S3Client, Bucket: string, ObjectLockEnabledForBucket = false): Promise<void> {
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket }));
}

export function put(client: S3Client, Key: string, Body: string, rest: Partial<PutObjectCommandInput> = {}) {
  return client.send(new PutObjectCommand({ Bucket: 'seals', Key, Body, ...rest }));
}

export async function get(client: S3Client, Key: string, rest: Partial<GetObjectCommandInput> = {}) {
  const answer = await client.send(new GetObjectCommand({ Bucket: 'seals', Key, ...rest }));
  return { ...answer, text: await answer.Body?.transformToString() };
}

/** Expects a refusal with this name, and this message where one is given. */
export async function expectRefusal(call: Promise<unknown>, name: string, message?: RegExp): Promise<void> {
  const error = await call.then(
    () => undefined,
    (thrown: S3ServiceException) => thrown,
  );
  expect(error?.name).toBe(name);
  if (message) expect(error?.message).toMatch(message);
}
