import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archiveClient, createSealArchive, type SealArchive } from '../../../lambdas/adapters/seal-archive.ts';
import { startTestArchive, type TestArchive } from '../../support/test-archive.ts';
import { namedError } from '../support/data-api-errors.ts';
import { bankErrorOf } from '../support/errors.ts';

describe('in a bucket', () => {
  let s3: TestArchive;
  let archive: SealArchive;
  beforeAll(async () => {
    s3 = await startTestArchive();
    archive = createSealArchive(s3.bucket, s3.client);
    for (const number of [1, 2, 10]) {
      await archive.put(number, `seal ${number}`);
    }
  });
  afterAll(() => s3?.close());

  test('a seal is read as it was written, under a key that sorts as its number does', async () => {
    expect(await archive.get(10)).toBe('seal 10');
    const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: s3.bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual([
      'seals/000000000001.json',
      'seals/000000000002.json',
      'seals/000000000010.json',
    ]);
  });

  test('a seal that is not there is none', async () => {
    expect(await archive.get(3)).toBeUndefined();
  });

  test('the second seal of a number is not written: whoever brings it gets the first', async () => {
    expect(await archive.put(2, 'another')).toBe('seal 2');
    expect(await archive.get(2)).toBe('seal 2');
  });

  test('of many seals of one number that come at once one is written, and all get it', async () => {
    const puts = Array.from({ length: 8 }, (_, index) => archive.put(20, `try ${index}`));
    const [first, ...others] = await Promise.all(puts);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(await archive.get(20)).toBe(first);
  });

  test('the first seal from a number on is found, whatever else lies there', async () => {
    for (const Key of ['seals/000000000003.txt', 'seals/note.json', 'other/000000000004.json']) {
      await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: 'x' }));
    }
    expect(await Promise.all([1, 2, 3, 11, 21].map(archive.first))).toEqual([1, 2, 10, 20, undefined]);
  });
});

describe('what S3 answers', () => {
  const client = archiveClient({ region: 'us-east-1' });
  const s3 = mockClient(client);
  const archive = createSealArchive('bucket', client);
  beforeEach(() => {
    s3.reset();
  });

  test('is asked to write only where nothing is', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await archive.put(1, 'seal')).toBe('seal');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'bucket',
      Key: 'seals/000000000001.json',
      IfNoneMatch: '*',
    });
  });

  test('while another write is under way is asked again, some times', async () => {
    const conflict = namedError('ConditionalRequestConflict');
    s3.on(PutObjectCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await archive.put(1, 'seal')).toBe('seal');
    s3.on(PutObjectCommand).rejects(conflict);
    await expect(archive.put(1, 'seal')).rejects.toBe(conflict);
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(3 + 5);
  });

  test('of a seal that is there and cannot be read is not taken for success', async () => {
    const taken = namedError('PreconditionFailed');
    s3.on(PutObjectCommand).rejects(taken);
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: '', $metadata: {} }));
    await expect(archive.put(1, 'seal')).rejects.toBe(taken);
  });

  test('not at all makes the archive unavailable, with no word of why', async () => {
    const down = Object.assign(new Error('connect ECONNREFUSED 203.0.113.1'), { code: 'ECONNREFUSED' });
    s3.onAnyCommand().rejects(down);
    for (const work of [() => archive.put(1, 'seal'), () => archive.get(1), () => archive.first(1)]) {
      const error = await bankErrorOf(work);
      expect([error.code, error.details.retryAfter]).toEqual(['UNAVAILABLE', 5]);
      expect(error.message).not.toContain('203.0.113.1');
    }
  });

  test('that is no is a defect, not an outage', async () => {
    const denied = namedError('AccessDenied');
    s3.onAnyCommand().rejects(denied);
    for (const work of [() => archive.put(1, 'seal'), () => archive.get(1), () => archive.first(1)]) {
      await expect(work()).rejects.toBe(denied);
    }
  });
});
