import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  type ObjectLockRetentionMode,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../assembly/fixture.ts';
import { clock } from '../sqs/support.ts';
import { addBucket, expectRefusal, get, put, serve } from './support.ts';

const day = 24 * 60 * 60;
const inDays = (now: number, days: number) => new Date(now + days * day * 1_000);

async function start() {
  const time = clock();
  return { time, ...(await serve({ now: time.now })) };
}

const lock = (now: number, ObjectLockMode: ObjectLockRetentionMode, days: number) => ({
  ObjectLockMode,
  ObjectLockRetainUntilDate: inDays(now, days),
});

function remove(client: S3Client, Key: string, VersionId: string | undefined, BypassGovernanceRetention = false) {
  return client.send(new DeleteObjectCommand({ Bucket: 'seals', Key, VersionId, BypassGovernanceRetention }));
}

describe('a locked version', () => {
  test('tells until when, and cannot be removed before, by anyone', async () => {
    const { client, time } = await start();
    const { VersionId } = await put(client, 'seal', 'bytes', lock(time.now(), 'COMPLIANCE', 30));
    expect(await get(client, 'seal')).toMatchObject(lock(time.now(), 'COMPLIANCE', 30));
    await expectRefusal(remove(client, 'seal', VersionId), 'AccessDenied', /object lock/);
    await expectRefusal(remove(client, 'seal', VersionId, true), 'AccessDenied');
    time.pass(30 * day);
    await remove(client, 'seal', VersionId);
    await expectRefusal(get(client, 'seal'), 'NoSuchKey');
  });

  test('is still there when the object is put again or deleted', async () => {
    const { client, time } = await start();
    const { VersionId } = await put(client, 'seal', 'bytes', lock(time.now(), 'COMPLIANCE', 30));
    await put(client, 'seal', 'forged');
    await remove(client, 'seal', undefined);
    expect((await get(client, 'seal', { VersionId })).text).toBe('bytes');
  });

  test('under governance can be removed by who bypasses it', async () => {
    const { client, time } = await start();
    const { VersionId } = await put(client, 'seal', 'bytes', lock(time.now(), 'GOVERNANCE', 30));
    await expectRefusal(remove(client, 'seal', VersionId), 'AccessDenied');
    await remove(client, 'seal', VersionId, true);
  });

  test('on legal hold stays until it is let go', async () => {
    const { client } = await start();
    const { VersionId } = await put(client, 'seal', 'bytes', { ObjectLockLegalHoldStatus: 'ON' });
    const hold = { Bucket: 'seals', Key: 'seal' };
    const status = async () => (await client.send(new GetObjectLegalHoldCommand(hold))).LegalHold?.Status;
    expect(await status()).toBe('ON');
    expect((await get(client, 'seal')).ObjectLockLegalHoldStatus).toBe('ON');
    await expectRefusal(remove(client, 'seal', VersionId, true), 'AccessDenied');
    await client.send(new PutObjectLegalHoldCommand({ ...hold, LegalHold: { Status: 'OFF' } }));
    expect(await status()).toBe('OFF');
    await remove(client, 'seal', VersionId);
  });

  test('is locked for longer, and never for less', async () => {
    const { client, time } = await start();
    const { VersionId } = await put(client, 'seal', 'bytes', lock(time.now(), 'COMPLIANCE', 10));
    const retain = (Mode: ObjectLockRetentionMode, days: number) =>
      client.send(
        new PutObjectRetentionCommand({
          Bucket: 'seals',
          Key: 'seal',
          VersionId,
          Retention: { Mode, RetainUntilDate: inDays(time.now(), days) },
          BypassGovernanceRetention: true,
        }),
      );
    await expectRefusal(retain('COMPLIANCE', 5), 'AccessDenied');
    await expectRefusal(retain('GOVERNANCE', 20), 'AccessDenied');
    await retain('COMPLIANCE', 20);
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket: 'seals', Key: 'seal', VersionId }));
    expect(Retention).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: inDays(time.now(), 20) });
    time.pass(20 * day);
    await retain('GOVERNANCE', 1);
  });
});

describe('a bucket with Object Lock', () => {
  test('locks what comes without a lock of its own by its default', async () => {
    const { client, time } = await start();
    const config = { Bucket: 'seals' };
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 7 } };
    await client.send(
      new PutObjectLockConfigurationCommand({
        ...config,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
      }),
    );
    const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand(config));
    expect(ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled', Rule });
    await put(client, 'seal', 'bytes');
    expect(await get(client, 'seal')).toMatchObject(lock(time.now(), 'GOVERNANCE', 7));
    await client.send(
      new PutObjectLockConfigurationCommand({
        ...config,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    );
    await put(client, 'free', 'bytes');
    expect((await get(client, 'free')).ObjectLockMode).toBeUndefined();
    const retention = new GetObjectRetentionCommand({ Bucket: 'seals', Key: 'free' });
    await expectRefusal(client.send(retention), 'NoSuchObjectLockConfiguration');
  });

  test.each([
    ['a date without a mode', { ObjectLockRetainUntilDate: inDays(Date.now(), 1) }, 'InvalidArgument'],
    ['a mode without a date', { ObjectLockMode: 'COMPLIANCE' as const }, 'InvalidArgument'],
    ['a date that is past', lock(Date.parse('2020-01-01'), 'COMPLIANCE', 1), 'InvalidArgument'],
    [
      'a mode that is none',
      { ...lock(Date.now(), 'COMPLIANCE', 1), ObjectLockMode: 'FOREVER' as never },
      'InvalidArgument',
    ],
  ])('refuses %s', async (_name, change, code) => {
    const { client } = await serve();
    await expectRefusal(put(client, 'seal', 'bytes', change), code);
  });

  test('refuses a lock whose bytes no checksum vouches for', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/seals/seal`, {
      method: 'PUT',
      body: 'bytes',
      headers: {
        authorization: 'signed',
        'x-amz-object-lock-mode': 'COMPLIANCE',
        'x-amz-object-lock-retain-until-date': inDays(Date.now(), 1).toISOString(),
      },
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Content-MD5')]);
  });

  test.each([
    ['seals/k?retention', '<Retention/>'],
    ['seals/k?legal-hold', '<LegalHold><Status>PERHAPS</Status></LegalHold>'],
    ['seals?object-lock', '<DefaultRetention><Mode>COMPLIANCE</Mode><Days>0</Days></DefaultRetention>'],
    ['seals?object-lock', '<DefaultRetention><Mode>FOREVER</Mode><Days>1</Days></DefaultRetention>'],
    ['seals?versioning', '<VersioningConfiguration/>'],
  ])('refuses what it cannot read: %s %s', async (path, body) => {
    const { client, url } = await serve();
    await put(client, 'k', 'x');
    const answer = await fetch(`${url}/${path}`, { method: 'PUT', headers: { authorization: 'signed' }, body });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('MalformedXML')]);
  });

  test('is made so, and no other takes locks', async () => {
    const { client } = await serve();
    await addBucket(client, 'plain');
    const inPlain = { Bucket: 'plain' };
    const locked = { ...inPlain, ...lock(Date.now(), 'COMPLIANCE', 1) };
    await expectRefusal(put(client, 'seal', 'bytes', locked), 'InvalidRequest', /Object Lock/);
    const held = { ...inPlain, ObjectLockLegalHoldStatus: 'ON' as const };
    await expectRefusal(put(client, 'seal', 'bytes', held), 'InvalidRequest');
    const asked = new GetObjectLockConfigurationCommand(inPlain);
    await expectRefusal(client.send(asked), 'ObjectLockConfigurationNotFoundError');
    await addBucket(client, 'locking', true);
    await put(client, 'seal', 'bytes', { ...locked, Bucket: 'locking' });
  });
});

describe('what was acknowledged', () => {
  test('is there after a restart: objects, versions, markers and locks', async () => {
    const directory = await temporaryFolder();
    const before = await serve({ directory });
    const { VersionId } = await put(before.client, 'seal', 'bytes', lock(Date.now(), 'COMPLIANCE', 1));
    await put(before.client, 'seal', 'second', { Metadata: { n: '2' } });
    await put(before.client, 'gone', 'x');
    await remove(before.client, 'gone', undefined);
    await addBucket(before.client, 'plain');
    await before.close();

    const { client } = await serve({ directory });
    expect(await get(client, 'seal')).toMatchObject({ text: 'second', Metadata: { n: '2' } });
    expect((await get(client, 'seal', { VersionId })).text).toBe('bytes');
    await expectRefusal(remove(client, 'seal', VersionId), 'AccessDenied');
    await expectRefusal(get(client, 'gone'), 'NoSuchKey');
    await put(client, 'k', 'x', { Bucket: 'plain' });
  });

  test('is whole: what a crash cut short is as if it had not been', async () => {
    const directory = await temporaryFolder();
    const before = await serve({ directory });
    await put(before.client, 'seal', 'bytes');
    await before.close();
    const versions = join(directory, 'seals', 'versions');
    await writeFile(join(versions, 'half.body'), 'by');
    await writeFile(join(versions, 'half.json.new'), '{"key":');
    const { client } = await serve({ directory });
    expect((await get(client, 'seal')).text).toBe('bytes');
    expect(await readdir(versions)).toHaveLength(2);
  });

  test('is never taken for nothing: a damaged record stops the start', async () => {
    const directory = await temporaryFolder();
    const before = await serve({ directory });
    await put(before.client, 'seal', 'bytes');
    await before.close();
    const versions = join(directory, 'seals', 'versions');
    const [name = ''] = (await readdir(versions)).filter(each => each.endsWith('.json'));
    await writeFile(join(versions, name), '{');
    await expect(serve({ directory })).rejects.toThrow(`${name} is damaged`);
    await rm(join(versions, name));
    await serve({ directory });
  });
});
