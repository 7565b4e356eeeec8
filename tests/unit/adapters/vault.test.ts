import {
  DecryptCommand,
  DisabledException,
  EncryptCommand,
  GenerateMacCommand,
  InvalidCiphertextException,
  KMSClient,
  KMSInternalException,
} from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createVault, type VaultKeys } from '../../../lambdas/adapters/vault.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { customerId, strangerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { captureLogs } from '../support/logs.ts';

const ssn = '078051120';
const keys: VaultKeys = { ssnKeyId: 'arn:ssn', indexKeys: [{ version: 1, keyId: 'arn:index-1' }] };
const replacing: VaultKeys = { ...keys, indexKeys: [...keys.indexKeys, { version: 2, keyId: 'arn:index-2' }] };

const kms = mockClient(KMSClient);
beforeEach(() => {
  kms.reset();
  kms.on(EncryptCommand).resolves({ CiphertextBlob: Buffer.from('sealed') });
  kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from(ssn) });
  kms.on(GenerateMacCommand).callsFake(({ KeyId }) => ({ Mac: Buffer.from(`mac by ${KeyId}`) }));
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a social security number', () => {
  test('is encrypted for one customer, whose id is the encryption context', async () => {
    expect(await createVault(keys).encryptSsn(ssn, customerId)).toBe(base64('sealed'));
    expect(kms.commandCalls(EncryptCommand).map(call => call.args[0].input)).toEqual([
      { KeyId: 'arn:ssn', Plaintext: Buffer.from(ssn), EncryptionContext: { customer_id: customerId } },
    ]);
  });

  test('is decrypted for the same customer under the same key, in whatever letters the id is written', async () => {
    expect(await createVault(keys).decryptSsn(base64('sealed'), customerId.toUpperCase())).toBe(ssn);
    expect(kms.commandCalls(DecryptCommand).map(call => call.args[0].input)).toEqual([
      { KeyId: 'arn:ssn', CiphertextBlob: Buffer.from('sealed'), EncryptionContext: { customer_id: customerId } },
    ]);
  });

  test("from another customer's row is not answered", async () => {
    kms.on(DecryptCommand).rejects(new InvalidCiphertextException({ message: '', $metadata: {} }));
    await expect(createVault(keys).decryptSsn(base64('sealed'), strangerId)).rejects.toThrow(
      InvalidCiphertextException,
    );
  });

  test('is indexed by its nine digits under the key in use', async () => {
    expect(await createVault(keys).ssnIndexes(ssn)).toEqual([{ key_version: 1, mac: base64('mac by arn:index-1') }]);
    expect(kms.commandCalls(GenerateMacCommand).map(call => call.args[0].input)).toEqual([
      { KeyId: 'arn:index-1', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(ssn) },
    ]);
  });

  test('is indexed under both keys, the older first, while one takes the place of the other', async () => {
    expect(await createVault(replacing).ssnIndexes(ssn)).toEqual([
      { key_version: 1, mac: base64('mac by arn:index-1') },
      { key_version: 2, mac: base64('mac by arn:index-2') },
    ]);
  });
});

const work = {
  encrypting: () => createVault(keys).encryptSsn(ssn, customerId),
  decrypting: () => createVault(keys).decryptSsn(base64('sealed'), customerId),
  indexing: () => createVault(keys).ssnIndexes(ssn),
};

const outages: [string, Error][] = [
  ['refuses connections', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
  ['does not answer in time', Object.assign(new Error('timed out'), { name: 'TimeoutError' })],
  ['is throttled', Object.assign(new Error('slow down'), { name: 'ThrottlingException' })],
  ['has an error of its own', new KMSInternalException({ message: 'internal', $metadata: { httpStatusCode: 500 } })],
  ['has the key disabled', new DisabledException({ message: 'arn:ssn is disabled', $metadata: {} })],
];

describe.each(outages)('when KMS %s', (_how, outage) => {
  test.each(Object.entries(work))(
    '%s is unavailable, with the time to come back, and no word of why',
    async (_what, run) => {
      kms.onAnyCommand().rejects(outage);
      const error = await bankErrorOf(run);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 5, cause: outage } });
      expect(error.message).not.toContain(outage.message);
    },
  );
});

test('what KMS refuses for good is a defect, not an outage', async () => {
  kms.onAnyCommand().rejects(Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' }));
  for (const run of Object.values(work)) {
    await expect(run()).rejects.not.toBeInstanceOf(BankError);
  }
});

test('nothing of a number is logged, whether KMS answers or not', async () => {
  const logged = captureLogs();
  await Promise.all(Object.values(work).map(run => run()));
  kms.onAnyCommand().rejects(new Error('down'));
  await Promise.allSettled(Object.values(work).map(run => run()));
  expect(logged()).toBe('');
});
