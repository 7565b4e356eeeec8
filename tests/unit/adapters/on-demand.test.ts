import { generateKeyPairSync } from 'node:crypto';
import {
  DecryptCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { onDemand } from '../../../lambdas/adapters/on-demand.ts';
import { sealArchiveOnDemand, sealSignerOnDemand } from '../../../lambdas/adapters/seals-on-demand.ts';
import { statementArchiveOnDemand } from '../../../lambdas/adapters/statement-archive-on-demand.ts';
import { vaultOnDemand } from '../../../lambdas/adapters/vault-on-demand.ts';
import { customerId } from '../support/callers.ts';

describe('what is made on demand', () => {
  test('is made when it is first asked for, and once, however many ask at the same time', async () => {
    const make = vi.fn(async () => 'made');
    const ask = onDemand(make);
    expect(make).not.toHaveBeenCalled();
    expect(await Promise.all([ask(), ask()])).toEqual(['made', 'made']);
    expect(await ask()).toBe('made');
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('and could not be made is made anew the next time', async () => {
    const make = vi.fn(async () => 'made').mockRejectedValueOnce(new Error('not now'));
    const ask = onDemand(make);
    await expect(ask()).rejects.toThrow('not now');
    expect(await ask()).toBe('made');
  });
});

describe('on demand, and as if it had been there from the start', () => {
  const s3 = mockClient(S3Client);
  const kms = mockClient(KMSClient);
  beforeEach(() => {
    s3.reset();
    kms.reset();
    vi.stubEnv('AWS_REGION', 'us-east-1');
  });

  test('seals are written and found', async () => {
    s3.on(PutObjectCommand).resolves({});
    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'seals/000000000007.json' }] });
    const archive = sealArchiveOnDemand('audit');
    expect(await archive.put(7, 'seal 7')).toBe('seal 7');
    expect(await archive.first(1)).toBe(7);
  });

  test('the key of the seals is asked for once', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const PublicKey = publicKey.export({ format: 'der', type: 'spki' });
    kms.on(GetPublicKeyCommand).resolves({ KeyId: 'arn:seal', PublicKey });
    const signer = sealSignerOnDemand('alias/seal');
    expect((await signer.publicKey()).id).toBe('arn:seal');
    expect(await signer.publicKey()).toEqual(await signer.publicKey());
    expect(kms.calls()).toHaveLength(1);
  });

  test('statements are archived', async () => {
    s3.on(PutObjectCommand).resolves({});
    const put = statementArchiveOnDemand('statements').put({
      key: 'one.json',
      mediaType: 'application/json',
      content: Buffer.from('{}'),
    });
    expect(await put).toMatch(/^[0-9a-f]{64}$/);
  });

  test('social security numbers are encrypted, decrypted and indexed', async () => {
    const ssn = '078051120';
    kms.on(EncryptCommand).resolves({ CiphertextBlob: Buffer.from('sealed') });
    kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from(ssn) });
    kms.on(GenerateMacCommand).resolves({ Mac: Buffer.from('mac') });
    const vault = vaultOnDemand({ ssnKeyId: 'arn:ssn', indexKeys: [{ version: 1, keyId: 'arn:index' }] });
    expect(await vault.decryptSsn(await vault.encryptSsn(ssn, customerId), customerId)).toBe(ssn);
    expect(await vault.ssnIndexes(ssn)).toEqual([{ key_version: 1, mac: Buffer.from('mac').toString('base64') }]);
  });
});
