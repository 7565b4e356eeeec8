import {
  constants,
  createHash,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand, VerifyCommand } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { privateKeyOf } from '../../../local/kms/key-pair.ts';
import { newKey } from '../../../local/kms/new-key.ts';
import { signatureMatches, signMessage } from '../../../local/kms/signatures.ts';
import { newMaterial } from '../../../local/kms/stored-key.ts';
import { addHmacKey, addKey, arnOf, bytes, expectRefusal, serve, unknownId } from './support.ts';

const ecc = [
  ['ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['ECC_NIST_P384', 'ECDSA_SHA_384'],
  ['ECC_NIST_P521', 'ECDSA_SHA_512'],
  ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
] as const;
const rsa = [
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256'],
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_384'],
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512'],
  ['RSA_2048', 'RSASSA_PSS_SHA_256'],
  ['RSA_2048', 'RSASSA_PSS_SHA_384'],
  ['RSA_2048', 'RSASSA_PSS_SHA_512'],
] as const;
const every = [...ecc, ...rsa];
const KeyUsage = 'SIGN_VERIFY';
const Message = bytes('a statement of account');

const hashOf = (algorithm: string) => `sha${algorithm.slice(-3)}`;
const digestOf = (algorithm: string) => createHash(hashOf(algorithm)).update(Message).digest();

function nodePadding(algorithm: string) {
  if (!algorithm.startsWith('RSASSA_PSS')) return {};
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

async function publicKey(client: KMSClient, KeyId: string) {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId }));
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
}

describe('a signature', () => {
  test.each(every)('of %s by %s verifies with the public key alone, of message and digest', async (spec, algorithm) => {
    const { client } = await serve();
    const KeyId = await addKey(client, { KeySpec: spec, KeyUsage });
    const key = { key: await publicKey(client, KeyId), ...nodePadding(algorithm) };
    for (const what of [{ Message }, { Message: digestOf(algorithm), MessageType: 'DIGEST' } as const]) {
      const asked = { KeyId, ...what, SigningAlgorithm: algorithm };
      const { Signature } = await client.send(new SignCommand(asked));
      expect(verifyBytes(hashOf(algorithm), Message, key, Buffer.from(Signature ?? []))).toBe(true);
      expect(await client.send(new VerifyCommand({ ...asked, Signature }))).toMatchObject({ SignatureValid: true });
      const other = { ...asked, Message: createHash(hashOf(algorithm)).update('another').digest() };
      await expectRefusal(client.send(new VerifyCommand({ ...other, Signature })), 'KMSInvalidSignatureException');
    }
  });

  test.each(every)('of %s by %s made elsewhere with the same key verifies', async (spec, algorithm) => {
    const key = await newKey({ id: unknownId, arn: arnOf('key'), spec, usage: KeyUsage, description: '' }, 0);
    const made = signBytes(hashOf(algorithm), Message, { key: privateKeyOf(key), ...nodePadding(algorithm) });
    expect(signatureMatches(key, { algorithm, type: 'RAW', message: Message }, made)).toBe(true);
    const other = { ...key, materials: [await newMaterial(spec)] };
    expect(signatureMatches(other, { algorithm, type: 'RAW', message: Message }, made)).toBe(false);
  });

  test.each([...ecc, rsa[0], rsa[3]])('of %s by %s is refused when any byte differs', async (spec, algorithm) => {
    const key = await newKey({ id: unknownId, arn: arnOf('key'), spec, usage: KeyUsage, description: '' }, 0);
    const signed = { algorithm, type: 'RAW', message: Message } as const;
    const made = signMessage(key, signed);
    const places = [0, 1, 2, 3, 4, Math.floor(made.length / 2), made.length - 1];
    for (const place of places) {
      const changed = Buffer.from(made);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(signatureMatches(key, signed, changed)).toBe(false);
    }
    for (const malformed of [Buffer.alloc(1), Buffer.alloc(6144, 97), made.subarray(1), Buffer.alloc(256, 255)]) {
      expect(signatureMatches(key, signed, malformed)).toBe(false);
    }
  });
});

test('a PSS signature of this key without the trailer is refused', async () => {
  const spec = 'RSA_2048';
  const key = await newKey({ id: unknownId, arn: arnOf('key'), spec, usage: KeyUsage, description: '' }, 0);
  const signed = { algorithm: 'RSASSA_PSS_SHA_256', type: 'RAW', message: Message } as const;
  const raw = { key: privateKeyOf(key), padding: constants.RSA_NO_PADDING };
  const encoded = publicDecrypt(raw, signMessage(key, signed));
  expect(signatureMatches(key, signed, privateEncrypt(raw, encoded))).toBe(true);
  encoded[encoded.length - 1] = 0xbb;
  expect(signatureMatches(key, signed, privateEncrypt(raw, encoded))).toBe(false);
});

describe('what is not signed', () => {
  test('a digest of another length than the algorithm’s', async () => {
    const { client } = await serve();
    const asked = {
      KeyId: await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage }),
      Message: Buffer.alloc(20),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    } as const;
    const message = 'Digest is invalid length for algorithm ECDSA_SHA_256.';
    await expectRefusal(client.send(new SignCommand(asked)), 'ValidationException', message);
    const Signature = Buffer.alloc(64);
    await expectRefusal(client.send(new VerifyCommand({ ...asked, Signature })), 'ValidationException', message);
    await expectRefusal(
      client.send(new SignCommand({ ...asked, MessageType: 'EXTERNAL_MU' })),
      'ValidationException',
      'Message type EXTERNAL_MU is incompatible with key spec ECC_NIST_P256.',
    );
  });

  test('anything by an algorithm of another spec', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage });
    for (const SigningAlgorithm of ['ECDSA_SHA_384', 'RSASSA_PSS_SHA_256', 'ED25519_SHA_512'] as const) {
      await expectRefusal(
        client.send(new SignCommand({ KeyId, Message, SigningAlgorithm })),
        'InvalidKeyUsageException',
        `Algorithm ${SigningAlgorithm} is incompatible with key spec ECC_NIST_P256.`,
      );
    }
  });

  test('anything by a key that encrypts, though it is RSA', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    await expectRefusal(
      client.send(new SignCommand({ KeyId, Message, SigningAlgorithm: 'RSASSA_PSS_SHA_256' })),
      'InvalidKeyUsageException',
      `${KeyId} key usage is ENCRYPT_DECRYPT which is not valid for Sign.`,
    );
  });
});

test('a key without a public half shows none', async () => {
  const { client } = await serve();
  for (const KeyId of [await addKey(client), await addHmacKey(client)]) {
    await expectRefusal(client.send(new GetPublicKeyCommand({ KeyId })), 'UnsupportedOperationException');
  }
});

test('a public key comes with its spec, usage and algorithms', async () => {
  const { client } = await serve();
  const KeyId = await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage });
  expect(await client.send(new GetPublicKeyCommand({ KeyId }))).toMatchObject({
    KeyId,
    KeySpec: 'ECC_NIST_P256',
    KeyUsage,
    SigningAlgorithms: ['ECDSA_SHA_256'],
  });
});
