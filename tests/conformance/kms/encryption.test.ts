import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { bytes, expectRefusal, seal, text } from '../../local/kms/support.ts';
import { addHmacKey, addKey, serve } from './key-service.ts';

// The rules are those of the AWS KMS API Reference (Encrypt, Decrypt, ReEncrypt, GenerateDataKey, GenerateRandom) and of the
// Developer Guide on encryption contexts; the words of the refusals are what the service answers.

const customer = { customer_id: 'c-1', purpose: 'ssn' };

describe('a symmetric ciphertext', () => {
  test('decrypts without naming its key, and names it in the answer', async () => {
    const { client } = await serve();
    await addKey(client);
    const key = await addKey(client);
    const blob = await seal(client, key, '078-05-1120', customer);
    const answer = await client.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext: customer }));
    expect(text(answer.Plaintext)).toBe('078-05-1120');
    expect(answer).toMatchObject({ KeyId: key, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  });

  test('holds nothing of the plaintext, and is another each time', async () => {
    const { client } = await serve();
    const key = await addKey(client);
    const [first, second] = [await seal(client, key, '078-05-1120'), await seal(client, key, '078-05-1120')];
    expect(first.includes('078-05-1120')).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  test('decrypts whatever the order of its context', async () => {
    const { client } = await serve();
    const key = await addKey(client);
    const blob = await seal(client, key, 'secret', { a: '1', b: '2', c: '3' });
    const context = { c: '3', a: '1', b: '2' };
    const answer = await client.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext: context }));
    expect(text(answer.Plaintext)).toBe('secret');
  });

  test.each([
    ['of another customer', { ...customer, customer_id: 'c-2' }],
    ['with a pair less', { customer_id: 'c-1' }],
    ['with a pair more', { ...customer, more: '' }],
    ['in other letters', { ...customer, purpose: 'SSN' }],
    ['with its words moved between name and value', { customer_id: 'c-1', purposes: 'sn' }],
    ['that is missing', {}],
  ])('does not decrypt with a context %s', async (_difference, EncryptionContext) => {
    const { client } = await serve();
    const blob = await seal(client, await addKey(client), 'secret', customer);
    await expectRefusal(
      client.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext })),
      'InvalidCiphertextException',
    );
  });

  test('does not decrypt once any part of it is changed', async () => {
    const { client } = await serve();
    const blob = await seal(client, await addKey(client), 'secret');
    for (const place of [0, 25, 55, 70, blob.length - 1]) {
      const changed = Buffer.from(blob);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await expectRefusal(client.send(new DecryptCommand({ CiphertextBlob: changed })), 'InvalidCiphertextException');
    }
    const short = client.send(new DecryptCommand({ CiphertextBlob: blob.subarray(0, 40) }));
    await expectRefusal(short, 'InvalidCiphertextException');
  });

  test('is refused with the id of another key', async () => {
    const { client } = await serve();
    const blob = await seal(client, await addKey(client), 'secret');
    await expectRefusal(
      client.send(new DecryptCommand({ CiphertextBlob: blob, KeyId: await addKey(client) })),
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  });

  test('moves to another key and context by ReEncrypt alone', async () => {
    const { client } = await serve();
    const [source, destination] = [await addKey(client), await addKey(client)];
    const move = {
      CiphertextBlob: await seal(client, source, 'secret', { old: 'yes' }),
      SourceEncryptionContext: { old: 'yes' },
      DestinationKeyId: destination,
      DestinationEncryptionContext: { new: 'yes' },
    };
    const moved = await client.send(new ReEncryptCommand(move));
    expect(moved).toMatchObject({ SourceKeyId: source, KeyId: destination });
    const opened = await client.send(
      new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { new: 'yes' } }),
    );
    expect(text(opened.Plaintext)).toBe('secret');
    const wrongSource = client.send(new ReEncryptCommand({ ...move, SourceKeyId: destination }));
    await expectRefusal(wrongSource, 'IncorrectKeyException');
    const wrongContext = client.send(new ReEncryptCommand({ ...move, SourceEncryptionContext: {} }));
    await expectRefusal(wrongContext, 'InvalidCiphertextException');
  });
});

describe('an RSA key', () => {
  const rsa = { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' } as const;

  test.each(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const)('encrypts by %s', async EncryptionAlgorithm => {
    const { client } = await serve();
    const KeyId = await addKey(client, rsa);
    const sealed = await client.send(new EncryptCommand({ KeyId, Plaintext: bytes('secret'), EncryptionAlgorithm }));
    expect(sealed.CiphertextBlob).toHaveLength(256);
    const { CiphertextBlob } = sealed;
    const opened = await client.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionAlgorithm }));
    expect(text(opened.Plaintext)).toBe('secret');
    await expectRefusal(
      client.send(new DecryptCommand({ CiphertextBlob, EncryptionAlgorithm })),
      'ValidationException',
      'KeyId must not be null',
    );
    const KeyOfOther = await addKey(client, rsa);
    await expectRefusal(
      client.send(new DecryptCommand({ KeyId: KeyOfOther, CiphertextBlob, EncryptionAlgorithm })),
      'InvalidCiphertextException',
    );
  });

  test('refuses the symmetric algorithm, a context, and more than its modulus holds', async () => {
    const { client } = await serve();
    const asked = { KeyId: await addKey(client, rsa), Plaintext: bytes('secret') };
    await expectRefusal(
      client.send(new EncryptCommand(asked)),
      'InvalidKeyUsageException',
      'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
    );
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    await expectRefusal(
      client.send(new EncryptCommand({ ...asked, EncryptionAlgorithm, EncryptionContext: customer })),
      'ValidationException',
      'EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.',
    );
    await client.send(new EncryptCommand({ ...asked, EncryptionAlgorithm, Plaintext: Buffer.alloc(190) }));
    await expectRefusal(
      client.send(new EncryptCommand({ ...asked, EncryptionAlgorithm, Plaintext: Buffer.alloc(191) })),
      'ValidationException',
      'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
    );
  });

  test('makes no data keys', async () => {
    const { client } = await serve();
    await expectRefusal(
      client.send(new GenerateDataKeyCommand({ KeyId: await addKey(client, rsa), KeySpec: 'AES_256' })),
      'InvalidKeyUsageException',
      'You cannot generate a data key with an asymmetric CMK',
    );
  });
});

describe('data keys', () => {
  test.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ] as const)('%j has %i bytes, and its ciphertext decrypts to it', async (size, length) => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const made = await client.send(new GenerateDataKeyCommand({ KeyId, ...size, EncryptionContext: customer }));
    expect(made.Plaintext).toHaveLength(length);
    expect(made.KeyId).toBe(KeyId);
    const { CiphertextBlob } = made;
    const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: customer }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
  });

  test('come without their plaintext when so asked', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const made = await client.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: 'AES_256' }));
    expect(made).not.toHaveProperty('Plaintext');
    const opened = await client.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toHaveLength(32);
  });

  test('need one size, not two and not none', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const message = 'Please specify either number of bytes or key spec.';
    for (const size of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 } as const]) {
      await expectRefusal(client.send(new GenerateDataKeyCommand({ KeyId, ...size })), 'ValidationException', message);
    }
  });

  test('are not made by a key for something else', async () => {
    const { client } = await serve();
    const KeyId = await addHmacKey(client);
    await expectRefusal(
      client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })),
      'InvalidKeyUsageException',
      `${KeyId} key usage is GENERATE_VERIFY_MAC which is not valid for GenerateDataKey.`,
    );
  });

  test('random bytes come in the number asked for', async () => {
    const { client } = await serve();
    const first = await client.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
    const second = await client.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
    expect(first.Plaintext).toHaveLength(24);
    expect(first.Plaintext).not.toEqual(second.Plaintext);
    const none = client.send(new GenerateRandomCommand({}));
    await expectRefusal(none, 'ValidationException');
  });
});
