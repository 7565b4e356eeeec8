import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { addHmacKey, addKey, arnOf, bytes, expectRefusal, seal, serve, text, unknownId } from './support.ts';

const dayMs = 24 * 60 * 60 * 1000;
const describeKey = async (client: KMSClient, KeyId: string) =>
  (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;

describe('a new key', () => {
  test('is symmetric, enabled and ours unless told', async () => {
    const { client } = await serve();
    const { KeyMetadata: metadata } = await client.send(new CreateKeyCommand({ Description: 'ssn' }));
    expect(metadata).toMatchObject({
      AWSAccountId: '000000000000',
      Arn: arnOf(`key/${metadata?.KeyId}`),
      Description: 'ssn',
      Enabled: true,
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      MultiRegion: false,
    });
    expect(metadata?.CreationDate).toBeInstanceOf(Date);
  });

  test('of HMAC tells its algorithm', async () => {
    const { client } = await serve();
    expect(await describeKey(client, await addHmacKey(client))).toMatchObject({ MacAlgorithms: ['HMAC_SHA_256'] });
  });

  test('needs a usage that goes with its spec', async () => {
    const { client } = await serve();
    await expectRefusal(
      client.send(new CreateKeyCommand({ KeySpec: 'HMAC_256' })),
      'ValidationException',
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
    await expectRefusal(
      client.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'ENCRYPT_DECRYPT' })),
      'ValidationException',
      'KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec ECC_NIST_P256',
    );
  });

  test.each([
    { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' },
    { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
    { Origin: 'EXTERNAL' },
    { MultiRegion: true },
  ] as const)('that AWS knows and we do not serve is unsupported: %j', async kind => {
    const { client } = await serve();
    await expectRefusal(client.send(new CreateKeyCommand(kind)), 'UnsupportedOperationException');
  });
});

describe('a key is found', () => {
  test('by its id, ARN, alias and the ARN of its alias', async () => {
    const { client } = await serve();
    const arn = await addKey(client);
    await client.send(new CreateAliasCommand({ AliasName: 'alias/bank/ssn', TargetKeyId: arn }));
    const id = arn.split('/')[1] ?? '';
    for (const KeyId of [id, arn, 'alias/bank/ssn', arnOf('alias/bank/ssn')]) {
      const blob = await seal(client, KeyId, 'secret');
      const opened = await client.send(new DecryptCommand({ CiphertextBlob: blob, KeyId }));
      expect([opened.KeyId, text(opened.Plaintext)]).toEqual([arn, 'secret']);
    }
  });

  test.each([
    [unknownId, `Key '${arnOf(`key/${unknownId}`)}' does not exist`],
    [arnOf(`key/${unknownId}`), `Key '${arnOf(`key/${unknownId}`)}' does not exist`],
    ['ssn', "Invalid keyId 'ssn'"],
    ['alias/none', `Alias ${arnOf('alias/none')} is not found.`],
    [arnOf('alias/none'), `Alias ${arnOf('alias/none')} is not found.`],
    [`arn:aws:kms:eu-west-1:000000000000:key/${unknownId}`, 'Invalid arn eu-west-1'],
  ])('and %s is not', async (KeyId, message) => {
    const { client } = await serve();
    await expectRefusal(
      client.send(new EncryptCommand({ KeyId, Plaintext: bytes('x') })),
      'NotFoundException',
      message,
    );
  });

  test('but not by an ARN of another service', async () => {
    const { client } = await serve();
    const KeyId = 'arn:aws:s3:us-east-1:000000000000:bucket';
    await expectRefusal(client.send(new DescribeKeyCommand({ KeyId })), 'InvalidArnException');
  });

  test('nor by its alias, for what manages a key', async () => {
    const { client } = await serve();
    const TargetKeyId = await addKey(client);
    await client.send(new CreateAliasCommand({ AliasName: 'alias/ssn', TargetKeyId }));
    for (const KeyId of ['alias/ssn', arnOf('alias/ssn')]) {
      await expectRefusal(
        client.send(new DisableKeyCommand({ KeyId })),
        'InvalidArnException',
        'Key Aliases are not supported for this operation.',
      );
    }
  });
});

describe('a disabled key', () => {
  test('does no work until it is enabled', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const blob = await seal(client, KeyId, 'secret');
    await client.send(new DisableKeyCommand({ KeyId }));
    const message = `${KeyId} is disabled.`;
    const sealing = client.send(new EncryptCommand({ KeyId, Plaintext: bytes('x') }));
    await expectRefusal(sealing, 'DisabledException', message);
    const opening = client.send(new DecryptCommand({ CiphertextBlob: blob }));
    await expectRefusal(opening, 'DisabledException', message);
    expect(await describeKey(client, KeyId)).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    await client.send(new EnableKeyCommand({ KeyId }));
    expect((await client.send(new DecryptCommand({ CiphertextBlob: blob }))).KeyId).toBe(KeyId);
  });

  test('still shows its public key', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await client.send(new DisableKeyCommand({ KeyId }));
    expect((await client.send(new GetPublicKeyCommand({ KeyId }))).KeyId).toBe(KeyId);
  });

  test('is first refused for its usage', async () => {
    const { client } = await serve();
    const KeyId = await addHmacKey(client);
    await client.send(new DisableKeyCommand({ KeyId }));
    await expectRefusal(client.send(new EncryptCommand({ KeyId, Plaintext: bytes('x') })), 'InvalidKeyUsageException');
    const mac = client.send(new GenerateMacCommand({ KeyId, Message: bytes('x'), MacAlgorithm: 'HMAC_SHA_512' }));
    await expectRefusal(mac, 'DisabledException');
  });
});

describe('a key pending deletion', () => {
  test('does nothing, and can be called back as a disabled key', async () => {
    const { client } = await serve();
    const KeyId = await addKey(client);
    const scheduled = await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(scheduled).toMatchObject({ KeyId, KeyState: 'PendingDeletion', PendingWindowInDays: 7 });
    const refused = [
      client.send(new EncryptCommand({ KeyId, Plaintext: bytes('x') })),
      client.send(new EnableKeyCommand({ KeyId })),
      client.send(new DisableKeyCommand({ KeyId })),
      client.send(new ScheduleKeyDeletionCommand({ KeyId })),
      client.send(new CreateAliasCommand({ AliasName: 'alias/ssn', TargetKeyId: KeyId })),
      client.send(new GetPublicKeyCommand({ KeyId })),
      client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] })),
      client.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'x' })),
    ];
    for (const call of refused) {
      await expectRefusal(call, 'KMSInvalidStateException', `${KeyId} is pending deletion.`);
    }
    expect(await describeKey(client, KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: scheduled.DeletionDate,
    });
    await client.send(new CancelKeyDeletionCommand({ KeyId }));
    expect((await describeKey(client, KeyId))?.KeyState).toBe('Disabled');
    await expectRefusal(
      client.send(new CancelKeyDeletionCommand({ KeyId })),
      'KMSInvalidStateException',
      `${KeyId} is not pending deletion.`,
    );
  });

  test('is gone with its aliases when the waiting period is over', async () => {
    let now = Date.now();
    const { client } = await serve({ now: () => now });
    const KeyId = await addKey(client);
    const blob = await seal(client, KeyId, 'secret');
    await client.send(new CreateAliasCommand({ AliasName: 'alias/ssn', TargetKeyId: KeyId }));
    const { DeletionDate } = await client.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(DeletionDate?.getTime()).toBe(now + 30 * dayMs);
    now += 30 * dayMs - 1;
    expect((await describeKey(client, KeyId))?.KeyState).toBe('PendingDeletion');
    now += 1;
    await expectRefusal(client.send(new DescribeKeyCommand({ KeyId })), 'NotFoundException');
    await expectRefusal(client.send(new DescribeKeyCommand({ KeyId: 'alias/ssn' })), 'NotFoundException');
    await expectRefusal(client.send(new DecryptCommand({ CiphertextBlob: blob })), 'AccessDeniedException');
  });
});

describe('lists', () => {
  test('come in pages that join up', async () => {
    const { client } = await serve();
    const arns = [await addKey(client), await addKey(client), await addKey(client)];
    const first = await client.send(new ListKeysCommand({ Limit: 2 }));
    expect(first).toMatchObject({ Truncated: true, NextMarker: expect.any(String) });
    const rest = await client.send(new ListKeysCommand({ Limit: 2, Marker: first.NextMarker }));
    expect(rest.Truncated).toBe(false);
    expect(rest).not.toHaveProperty('NextMarker');
    expect([...(first.Keys ?? []), ...(rest.Keys ?? [])].map(key => key.KeyArn)).toEqual(arns);
    await expectRefusal(client.send(new ListKeysCommand({ Marker: 'nonsense' })), 'InvalidMarkerException');
  });

  test('of aliases are of all keys, or of one', async () => {
    const { client } = await serve();
    const [one, two] = [await addKey(client), await addKey(client)];
    await client.send(new CreateAliasCommand({ AliasName: 'alias/two', TargetKeyId: two }));
    await client.send(new CreateAliasCommand({ AliasName: 'alias/one', TargetKeyId: one }));
    const { Aliases: all } = await client.send(new ListAliasesCommand({}));
    expect(all?.map(alias => alias.AliasName)).toEqual(['alias/one', 'alias/two']);
    const { Aliases: some } = await client.send(new ListAliasesCommand({ KeyId: two }));
    expect(some).toMatchObject([{ AliasArn: arnOf('alias/two'), TargetKeyId: two.split('/')[1] }]);
  });
});

test('a key keeps its tags, description and policy', async () => {
  const { client } = await serve();
  const KeyId = await addKey(client, { Tags: [{ TagKey: 'stage', TagValue: 'dev' }], Description: 'old' });
  await client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'owner', TagValue: 'bank' }] }));
  await client.send(new UntagResourceCommand({ KeyId, TagKeys: ['stage'] }));
  const { Tags: tags } = await client.send(new ListResourceTagsCommand({ KeyId }));
  expect(tags).toEqual([{ TagKey: 'owner', TagValue: 'bank' }]);
  await expectRefusal(
    client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'aws:x', TagValue: '' }] })),
    'TagException',
  );
  await client.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
  expect((await describeKey(client, KeyId))?.Description).toBe('new');
  const { Policy: policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId }));
  expect(JSON.parse(policy).Statement[0].Principal.AWS).toBe('arn:aws:iam::000000000000:root');
  await expectRefusal(client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'other' })), 'NotFoundException');
});
