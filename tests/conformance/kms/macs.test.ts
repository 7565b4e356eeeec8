import { EncryptCommand, GenerateMacCommand, VerifyMacCommand } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { bytes, expectRefusal } from '../../local/kms/support.ts';
import { addHmacKey, addKey, serve } from './key-service.ts';

// The rules are those of the AWS KMS API Reference (GenerateMac, VerifyMac) and of the Developer Guide on HMAC keys.

const MacAlgorithm = 'HMAC_SHA_256';
const Message = bytes('078051120');

describe('a MAC', () => {
  test('is the same each time, and verifies', async () => {
    const { client } = await serve();
    const KeyId = await addHmacKey(client);
    const first = await client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }));
    const second = await client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }));
    expect(first).toMatchObject({ KeyId, MacAlgorithm });
    expect(first.Mac).toHaveLength(32);
    expect(second.Mac).toEqual(first.Mac);
    const verified = await client.send(new VerifyMacCommand({ KeyId, Message, MacAlgorithm, Mac: first.Mac }));
    expect(verified).toMatchObject({ KeyId, MacAlgorithm, MacValid: true });
  });

  test('differs by key and by message', async () => {
    const { client } = await serve();
    const [KeyId, other] = [await addHmacKey(client), await addHmacKey(client)];
    const mine = await client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }));
    const theirs = await client.send(new GenerateMacCommand({ KeyId: other, Message, MacAlgorithm }));
    expect(theirs.Mac).not.toEqual(mine.Mac);
    const wrong = [
      { KeyId: other, Message, Mac: mine.Mac },
      { KeyId, Message: bytes('078051121'), Mac: mine.Mac },
      { KeyId, Message, Mac: mine.Mac?.subarray(1) },
    ];
    for (const asked of wrong) {
      await expectRefusal(client.send(new VerifyMacCommand({ ...asked, MacAlgorithm })), 'KMSInvalidMacException');
    }
  });

  test.each([
    ['HMAC_224', 'HMAC_SHA_224', 28],
    ['HMAC_384', 'HMAC_SHA_384', 48],
    ['HMAC_512', 'HMAC_SHA_512', 64],
  ] as const)('of a key %s is %s and has %i bytes', async (KeySpec, algorithm, length) => {
    const { client } = await serve();
    const KeyId = await addKey(client, { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { Mac } = await client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm: algorithm }));
    expect(Mac).toHaveLength(length);
    await expectRefusal(
      client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm })),
      'InvalidKeyUsageException',
      `Algorithm HMAC_SHA_256 is incompatible with key spec ${KeySpec}.`,
    );
  });
});

describe('a key has one use', () => {
  test('an encryption key makes no MAC', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    await expectRefusal(
      client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm })),
      'InvalidKeyUsageException',
      `${KeyId} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
    );
  });

  test('an HMAC key does not encrypt', async () => {
    const { client } = await serve();
    const KeyId = await addHmacKey(client);
    await expectRefusal(
      client.send(new EncryptCommand({ KeyId, Plaintext: Message })),
      'InvalidKeyUsageException',
      `${KeyId} key usage is GENERATE_VERIFY_MAC which is not valid for Encrypt.`,
    );
  });
});
