import {
  DecryptCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { addHmacKey, addKey, bytes, expectRefusal, seal, serve, unknownId } from './support.ts';

const KeyId = unknownId;
const Message = bytes('x');
const fault = (problem: string) => `1 validation error detected: Value${problem}`;
const most = (member: string, limit: number) =>
  fault(` at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`);
const least = (member: string) =>
  fault(` at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 1`);

describe('what does not fit is refused before the key is looked up', () => {
  const cases: [string, (client: KMSClient) => Promise<unknown>, string][] = [
    [
      'a plaintext of more than 4096 bytes',
      client => client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4097) })),
      most('plaintext', 4096),
    ],
    [
      'no plaintext at all',
      client => client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(0) })),
      least('plaintext'),
    ],
    [
      'a ciphertext of more than 6144 bytes',
      client => client.send(new DecryptCommand({ CiphertextBlob: Buffer.alloc(6145) })),
      most('ciphertextBlob', 6144),
    ],
    [
      'a message of more than 4096 bytes to a MAC',
      client =>
        client.send(new GenerateMacCommand({ KeyId, Message: Buffer.alloc(4097), MacAlgorithm: 'HMAC_SHA_256' })),
      most('message', 4096),
    ],
    [
      'a message of more than 4096 bytes to a signature',
      client => client.send(new SignCommand({ KeyId, Message: Buffer.alloc(4097), SigningAlgorithm: 'ECDSA_SHA_256' })),
      most('message', 4096),
    ],
    [
      'an encryption context of more than 8192 bytes',
      client =>
        client.send(new EncryptCommand({ KeyId, Plaintext: Message, EncryptionContext: { a: 'b'.repeat(8192) } })),
      most('encryptionContext', 8192),
    ],
    [
      'a data key of more than 1024 bytes',
      client => client.send(new GenerateDataKeyCommand({ KeyId, NumberOfBytes: 1025 })),
      fault(
        " '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
      ),
    ],
    [
      'a rotation period under 90 days',
      client => client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 89 })),
      fault(
        " '89' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value greater than or equal to 90",
      ),
    ],
    [
      'a waiting period under 7 days',
      client => client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 6 })),
      fault(
        " '6' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7",
      ),
    ],
    [
      'a missing MAC algorithm',
      client => client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm: undefined })),
      fault(" null at 'macAlgorithm' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'a missing key id',
      client => client.send(new DescribeKeyCommand({ KeyId: undefined })),
      fault(" null at 'keyId' failed to satisfy constraint: Member must not be null"),
    ],
  ];
  test.each(cases)('%s', async (_what, call, message) => {
    const { client } = await serve();
    await expectRefusal(call(client), 'ValidationException', message);
  });
});

test('the largest plaintext and message are taken', async () => {
  const { client } = await serve();
  const blob = await client.send(new EncryptCommand({ KeyId: await addKey(client), Plaintext: Buffer.alloc(4096) }));
  expect((await client.send(new DecryptCommand({ CiphertextBlob: blob.CiphertextBlob }))).Plaintext).toHaveLength(4096);
  const asked = { KeyId: await addHmacKey(client), Message: Buffer.alloc(4096), MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect((await client.send(new GenerateMacCommand(asked))).Mac).toHaveLength(32);
});

describe('a dry run', () => {
  test('of what would succeed does nothing and says so', async () => {
    const { client } = await serve();
    const key = { KeyId: await addKey(client), DryRun: true };
    const blob = await seal(client, key.KeyId, 'secret');
    const hmac = { KeyId: await addHmacKey(client), Message, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await client.send(new GenerateMacCommand(hmac));
    const ecc = await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const signed = { KeyId: ecc, Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature } = await client.send(new SignCommand(signed));
    const calls = [
      client.send(new EncryptCommand({ ...key, Plaintext: Message })),
      client.send(new DecryptCommand({ CiphertextBlob: blob, DryRun: true })),
      client.send(new ReEncryptCommand({ CiphertextBlob: blob, DestinationKeyId: key.KeyId, DryRun: true })),
      client.send(new GenerateDataKeyCommand({ ...key, KeySpec: 'AES_256' })),
      client.send(new GenerateMacCommand({ ...hmac, DryRun: true })),
      client.send(new VerifyMacCommand({ ...hmac, Mac, DryRun: true })),
      client.send(new SignCommand({ ...signed, DryRun: true })),
      client.send(new VerifyCommand({ ...signed, Signature, DryRun: true })),
    ];
    for (const call of calls) {
      await expectRefusal(
        call,
        'DryRunOperationException',
        'The request would have succeeded, but the DryRun option is set.',
      );
    }
  });

  test('of what would fail, fails so', async () => {
    const { client } = await serve();
    const KeyId = await addHmacKey(client);
    const encrypting = client.send(new EncryptCommand({ KeyId, Plaintext: Message, DryRun: true }));
    await expectRefusal(encrypting, 'InvalidKeyUsageException');
    const asked = { KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', Mac: Message, DryRun: true } as const;
    await expectRefusal(client.send(new VerifyMacCommand(asked)), 'KMSInvalidMacException');
  });
});
