import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createStatementArchive } from '../../../lambdas/adapters/statement-archive.ts';
import { startTestArchive, type TestArchive } from '../../support/test-archive.ts';

const client = new S3Client({ region: 'us-east-1' });
const s3 = mockClient(client);
beforeEach(() => {
  s3.reset();
});

const archive = createStatementArchive('bucket', client);
const file = { key: 'statements/a/2026-03.pdf', mediaType: 'application/pdf', content: Buffer.from('new') };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const failing = (name: string) => Object.assign(new Error(name), { name });
const puts = () => s3.commandCalls(PutObjectCommand).map(call => call.args[0].input);

test('a file is put where there is none, and its hash is answered', async () => {
  s3.on(PutObjectCommand).resolves({});
  expect(await archive.put(file)).toBe(sha256('new'));
  expect(puts()).toEqual([
    { Bucket: 'bucket', Key: file.key, Body: file.content, ContentType: 'application/pdf', IfNoneMatch: '*' },
  ]);
});

test('a file that is there stays as it was: the hash is of that one', async () => {
  s3.on(PutObjectCommand).rejects(failing('PreconditionFailed'));
  // Of a stream, the archive asks for the bytes and nothing else.
  const Body = { transformToByteArray: async () => Buffer.from('old') };
  s3.on(GetObjectCommand).callsFake(() => ({ Body }));
  expect(await archive.put(file)).toBe(sha256('old'));
  expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({ Bucket: 'bucket', Key: file.key });
});

describe('in a bucket', () => {
  let bucket: TestArchive;
  beforeAll(async () => {
    bucket = await startTestArchive();
  });
  afterAll(() => bucket?.close());

  test('the first file of a key stays, and of many at once all get the hash of the one that does', async () => {
    const contents = ['one', 'two', 'three', 'four'];
    const puts = contents.map(text =>
      createStatementArchive(bucket.bucket, bucket.client).put({ ...file, content: Buffer.from(text) }),
    );
    const hashes = new Set(await Promise.all(puts));
    const { Body } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.bucket, Key: file.key }));
    expect(hashes).toEqual(new Set([sha256((await Body?.transformToString()) ?? '')]));
  });
});

test('what S3 refuses fails, and so does a file that it does not give', async () => {
  s3.on(PutObjectCommand).rejects(failing('AccessDenied'));
  await expect(archive.put(file)).rejects.toThrow('AccessDenied');
  s3.on(PutObjectCommand).rejects(failing('PreconditionFailed'));
  s3.on(GetObjectCommand).resolves({});
  await expect(archive.put(file)).rejects.toThrow('without the file');
});
