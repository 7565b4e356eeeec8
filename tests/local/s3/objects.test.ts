import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addBucket, expectRefusal, get, put, serve } from './support.ts';

describe('an object', () => {
  test('is given back as it was put, with its headers and metadata', async () => {
    const { client } = await serve();
    const { VersionId } = await put(client, 'a b/ü+1.json', '{"ä":1}', {
      ContentType: 'application/json',
      CacheControl: 'no-store',
      Metadata: { chain: '7' },
    });
    const found = await get(client, 'a b/ü+1.json');
    expect(found).toMatchObject({
      text: '{"ä":1}',
      ContentType: 'application/json',
      CacheControl: 'no-store',
      Metadata: { chain: '7' },
      ContentLength: 8,
      ETag: `"${createHash('md5').update('{"ä":1}').digest('hex')}"`,
      VersionId,
    });
    expect(found.LastModified?.getTime()).toBeGreaterThan(Date.now() - 10_000);
    const head = await client.send(new HeadObjectCommand({ Bucket: 'seals', Key: 'a b/ü+1.json' }));
    expect(head).toMatchObject({ ContentLength: 8, ETag: found.ETag, Metadata: { chain: '7' } });
  });

  test.each(['../escape', 'a/../b', './x', 'a//b', '%2e%2e/x', '\u0001', 'x'.repeat(1000)])(
    'may have any key, such as %j',
    async key => {
      const { client } = await serve();
      await put(client, key, key);
      expect((await get(client, key)).text).toBe(key);
    },
  );

  test('may come as a stream, in chunks with their checksum behind them', async () => {
    const { client } = await serve();
    const bytes = Buffer.concat(Array.from({ length: 40 }, (_, n) => Buffer.alloc(5_000, n)));
    await put(client, 'stream', '', { Body: Readable.from([bytes]), ContentLength: bytes.length });
    const { Body, ChecksumCRC32 } = await client.send(
      new GetObjectCommand({ Bucket: 'seals', Key: 'stream', ChecksumMode: 'ENABLED' }),
    );
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(ChecksumCRC32).toMatch(/^.{6}==$/);
  });

  test('is given in part when a range is asked for', async () => {
    const { client } = await serve();
    await put(client, 'k', '0123456789');
    const part = async (Range: string) => {
      const { text, ContentRange } = await get(client, 'k', { Range });
      return [text, ContentRange];
    };
    expect(await part('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await part('bytes=7-')).toEqual(['789', 'bytes 7-9/10']);
    expect(await part('bytes=-2')).toEqual(['89', 'bytes 8-9/10']);
    await expectRefusal(get(client, 'k', { Range: 'bytes=10-' }), 'InvalidRange');
  });

  test('is made once by who asks for it not to be there', async () => {
    const { client } = await serve();
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => put(client, 'seal/1', String(n), { IfNoneMatch: '*' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectRefusal(put(client, 'seal/1', 'other', { IfNoneMatch: '*' }), 'PreconditionFailed');
    await client.send(new DeleteObjectCommand({ Bucket: 'seals', Key: 'seal/1' }));
    await put(client, 'seal/1', 'again', { IfNoneMatch: '*' });
  });

  test('is replaced only by who knows what it is, when told so, and read only if it has changed', async () => {
    const { client } = await serve();
    const { ETag } = await put(client, 'k', 'one');
    await expectRefusal(put(client, 'k', 'x', { IfMatch: '"other"' }), 'PreconditionFailed');
    await expectRefusal(put(client, 'none', 'x', { IfMatch: ETag }), 'NoSuchKey');
    await expect(get(client, 'k', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    await put(client, 'k', 'two', { IfMatch: ETag });
    await expectRefusal(get(client, 'k', { IfMatch: ETag }), 'PreconditionFailed');
    expect((await get(client, 'k', { IfNoneMatch: ETag })).text).toBe('two');
  });

  test.each([
    ['ContentMD5', 'BadDigest'],
    ['ChecksumSHA256', 'BadDigest'],
    ['ChecksumCRC32', 'BadDigest'],
  ])('whose %s is another’s is refused, and not kept', async (name, code) => {
    const { client } = await serve();
    const wrong = createHash(name === 'ContentMD5' ? 'md5' : 'sha256')
      .update('other')
      .digest('base64');
    const value = name === 'ChecksumCRC32' ? 'AAAAAA==' : wrong;
    await expectRefusal(put(client, 'k', 'body', { [name]: value }), code);
    await expectRefusal(get(client, 'k'), 'NoSuchKey');
  });

  test.each([
    [
      'whose signed digest is another’s',
      { 'x-amz-content-sha256': '0'.repeat(64) },
      'body',
      'XAmzContentSHA256Mismatch',
    ],
    [
      'that is shorter than it says',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '9' },
      '4\r\nbody\r\n0\r\n\r\n',
      'InvalidRequest',
    ],
    [
      'that ends in the middle of a chunk',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
      '4\r\nbo',
      'IncompleteBody',
    ],
  ])('%s is refused, and not kept', async (_name, headers, body, code) => {
    const { client, url } = await serve();
    const signed = { authorization: 'signed', ...(headers as Record<string, string>) };
    const answer = await fetch(`${url}/seals/k`, { method: 'PUT', headers: signed, body });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
    await expectRefusal(get(client, 'k'), 'NoSuchKey');
  });

  test('comes back with the checksum that it was sent with', async () => {
    const { client } = await serve();
    const ChecksumSHA256 = createHash('sha256').update('body').digest('base64');
    await put(client, 'k', 'body', { ChecksumSHA256 });
    expect(await get(client, 'k', { ChecksumMode: 'ENABLED' })).toMatchObject({ ChecksumSHA256 });
  });
});

describe('a version', () => {
  test('stays readable when the object is put again, or deleted', async () => {
    const { client } = await serve();
    const first = await put(client, 'k', 'one');
    const second = await put(client, 'k', 'two');
    expect((await get(client, 'k')).text).toBe('two');
    const deleted = await client.send(new DeleteObjectCommand({ Bucket: 'seals', Key: 'k' }));
    expect(deleted.DeleteMarker).toBe(true);
    await expectRefusal(get(client, 'k'), 'NoSuchKey');
    await expectRefusal(get(client, 'k', { VersionId: deleted.VersionId }), 'MethodNotAllowed');
    await expectRefusal(get(client, 'k', { VersionId: 'lost' }), 'NoSuchVersion');
    expect((await get(client, 'k', { VersionId: first.VersionId })).text).toBe('one');

    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: 'seals' }));
    expect(Versions?.map(each => each.VersionId)).toEqual([second.VersionId, first.VersionId]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: deleted.VersionId, IsLatest: true }]);
    const VersionId = deleted.VersionId;
    await client.send(new DeleteObjectCommand({ Bucket: 'seals', Key: 'k', VersionId }));
    expect((await get(client, 'k')).text).toBe('two');
  });

  test('is listed page by page', async () => {
    const { client } = await serve();
    const made: (string | undefined)[] = [];
    for (const key of ['a', 'b', 'b', 'c']) made.push((await put(client, key, key)).VersionId);
    const first = await client.send(new ListObjectVersionsCommand({ Bucket: 'seals', MaxKeys: 2 }));
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
    const rest = await client.send(new ListObjectVersionsCommand({ Bucket: 'seals', KeyMarker, VersionIdMarker }));
    const listed = [...(first.Versions ?? []), ...(rest.Versions ?? [])].map(each => each.VersionId);
    expect(listed).toEqual([made[0], made[2], made[1], made[3]]);
    expect([first.IsTruncated, rest.IsTruncated]).toEqual([true, false]);
  });

  test('is not kept by a bucket without versions', async () => {
    const { client } = await serve();
    await addBucket(client, 'plain');
    const { VersionId } = await put(client, 'k', 'one', { Bucket: 'plain' });
    await put(client, 'k', 'two', { Bucket: 'plain' });
    expect(VersionId).toBeUndefined();
    expect((await get(client, 'k', { Bucket: 'plain' })).text).toBe('two');
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
    expect(Versions).toMatchObject([{ Key: 'k', VersionId: 'null' }]);
    await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
    await expectRefusal(get(client, 'k', { Bucket: 'plain' }), 'NoSuchKey');
    await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
  });
});

describe('a list', () => {
  test('goes by key, by prefix, by folder and page by page', async () => {
    const { client } = await serve();
    for (const key of ['a', 'f/1', 'f/2', 'g/1', 'h']) await put(client, key, key);
    const list = async (rest: object) => {
      const found = await client.send(new ListObjectsV2Command({ Bucket: 'seals', ...rest }));
      const keys = [
        ...(found.Contents ?? []).map(each => each.Key),
        ...(found.CommonPrefixes ?? []).map(each => each.Prefix),
      ];
      return { keys, next: found.NextContinuationToken };
    };
    expect((await list({})).keys).toEqual(['a', 'f/1', 'f/2', 'g/1', 'h']);
    expect((await list({ Prefix: 'f/' })).keys).toEqual(['f/1', 'f/2']);
    expect((await list({ StartAfter: 'f/2' })).keys).toEqual(['g/1', 'h']);
    expect((await list({ EncodingType: 'url', Prefix: 'f/1' })).keys).toEqual(['f/1']);
    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    expect(first.keys).toEqual(['a', 'f/']);
    const second = await list({ Delimiter: '/', MaxKeys: 2, ContinuationToken: first.next });
    expect(second).toEqual({ keys: ['h', 'g/'], next: undefined });
  });

  test('of no keys is empty, and of a limit that is none is refused', async () => {
    const { client, url } = await serve();
    const none = await client.send(new ListObjectsV2Command({ Bucket: 'seals', MaxKeys: 0 }));
    expect([none.KeyCount, none.Contents]).toEqual([0, undefined]);
    const headers = { authorization: 'signed' };
    expect((await fetch(`${url}/seals?list-type=2&max-keys=many`, { headers })).status).toBe(400);
  });
});

describe('a bucket', () => {
  test('is made once, listed, and removed when it is empty', async () => {
    const { client } = await serve();
    await addBucket(client, 'plain');
    await expectRefusal(addBucket(client, 'plain'), 'BucketAlreadyOwnedByYou');
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(bucket => bucket.Name)).toEqual(['plain', 'seals']);
    await client.send(new HeadBucketCommand({ Bucket: 'plain' }));
    const location = await client.send(new GetBucketLocationCommand({ Bucket: 'plain' }));
    expect(location.LocationConstraint || undefined).toBeUndefined();
    await put(client, 'k', 'x', { Bucket: 'plain' });
    await expectRefusal(client.send(new DeleteBucketCommand({ Bucket: 'plain' })), 'BucketNotEmpty');
    await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket: 'plain' }));
    await expectRefusal(client.send(new HeadBucketCommand({ Bucket: 'plain' })), 'NotFound');
    await expectRefusal(put(client, 'k', 'x', { Bucket: 'plain' }), 'NoSuchBucket');
  });

  test('keeps versions from when it is told to', async () => {
    const { client } = await serve();
    await addBucket(client, 'plain');
    await put(client, 'k', 'one', { Bucket: 'plain' });
    const status = async () => (await client.send(new GetBucketVersioningCommand({ Bucket: 'plain' }))).Status;
    expect(await status()).toBeUndefined();
    const enable = (Status: 'Enabled' | 'Suspended') =>
      client.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status } }));
    await enable('Enabled');
    expect(await status()).toBe('Enabled');
    await put(client, 'k', 'two', { Bucket: 'plain' });
    expect((await get(client, 'k', { Bucket: 'plain', VersionId: 'null' })).text).toBe('one');
    await expectRefusal(enable('Suspended'), 'InvalidBucketState');
  });

  test.each(['No-Capitals', 'ab', '127.0.0.1', 'x'.repeat(64)])('is not called %s', async Bucket => {
    const { client } = await serve();
    await expectRefusal(client.send(new CreateBucketCommand({ Bucket })), 'InvalidBucketName');
  });
});

test('an application finds its bucket by the variable alone, without a word of how to address it', async () => {
  const { client, url } = await serve();
  await put(client, 'k', 'here');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const application = new S3Client({ region: 'us-east-1', credentials });
  onTestFinished(() => application.destroy());
  const { Body } = await application.send(new GetObjectCommand({ Bucket: 'seals', Key: 'k' }));
  expect(await Body?.transformToString()).toBe('here');
});

test('what is not served is refused by name: copies, lists of the first version, multipart uploads', async () => {
  const { client, url } = await serve();
  await put(client, 'k', 'x');
  const copy = { Bucket: 'seals', Key: 'l', CopySource: 'seals/k' };
  await expectRefusal(client.send(new CopyObjectCommand(copy)), 'NotImplemented');
  await expectRefusal(client.send(new ListObjectsCommand({ Bucket: 'seals' })), 'NotImplemented');
  const uploads = await fetch(`${url}/seals/k?uploads`, { method: 'POST', headers: { authorization: 'signed' } });
  expect([uploads.status, await uploads.text()]).toEqual([501, expect.stringContaining('POST uploads of an object')]);
});

test('a request that is not signed is refused; one with its signature in the URL is not', async () => {
  const { client, url } = await serve();
  await put(client, 'k', 'x');
  expect((await fetch(`${url}/seals/k`)).status).toBe(403);
  expect((await fetch(`${url}/seals/k?X-Amz-Signature=x&X-Amz-Date=y`)).status).toBe(200);
  expect((await fetch(`${url}/seals/%zz`, { headers: { authorization: 'x' } })).status).toBe(400);
});
