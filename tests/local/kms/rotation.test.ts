import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { addHmacKey, addKey, expectRefusal, seal, serve, text } from './support.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('rotation on demand', () => {
  test('encrypts with new material, and the old ciphertext still decrypts', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const materialOf = async (blob: Buffer) =>
      (await client.send(new DecryptCommand({ CiphertextBlob: blob }))).KeyMaterialId;
    const before = await seal(client, KeyId, 'before');
    await client.send(new RotateKeyOnDemandCommand({ KeyId }));
    const after = await seal(client, KeyId, 'after');
    expect(text((await client.send(new DecryptCommand({ CiphertextBlob: before }))).Plaintext)).toBe('before');
    expect(await materialOf(after)).not.toBe(await materialOf(before));
    const { KeyMetadata: metadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    expect(metadata?.CurrentKeyMaterialId).toBe(await materialOf(after));
  });

  test('happens 25 times at most', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    for (let count = 0; count < 25; count += 1) await client.send(new RotateKeyOnDemandCommand({ KeyId }));
    await expectRefusal(client.send(new RotateKeyOnDemandCommand({ KeyId })), 'LimitExceededException');
  });
});

describe('automatic rotation', () => {
  test('tells its period and when it is next due', async () => {
    const now = Date.UTC(2026, 0, 1);
    const { client } = await serve({ now: () => now });
    const KeyId = await addKey(client);
    const status = () => client.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyId, KeyRotationEnabled: false });
    await client.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    await client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    expect(await status()).toMatchObject({ NextRotationDate: new Date(now + 90 * dayMs) });
    await client.send(new DisableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
  });

  test('is off while the key is pending deletion', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    await client.send(new EnableKeyRotationCommand({ KeyId }));
    await client.send(new ScheduleKeyDeletionCommand({ KeyId }));
    const status = await client.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status.KeyRotationEnabled).toBe(false);
  });
});

test('only symmetric encryption keys rotate', async () => {
  const { client } = await serve();
  const KeyId = await addHmacKey(client);
  await expectRefusal(client.send(new EnableKeyRotationCommand({ KeyId })), 'UnsupportedOperationException');
  await expectRefusal(client.send(new RotateKeyOnDemandCommand({ KeyId })), 'UnsupportedOperationException');
  await client.send(new DisableKeyRotationCommand({ KeyId }));
});

test('a disabled key does not rotate', async () => {
  const { client } = await serve();
  const KeyId = await addKey(client);
  await client.send(new DisableKeyCommand({ KeyId }));
  for (const command of [RotateKeyOnDemandCommand, EnableKeyRotationCommand, DisableKeyRotationCommand]) {
    await expectRefusal(client.send(new command({ KeyId })), 'DisabledException', `${KeyId} is disabled.`);
  }
});
