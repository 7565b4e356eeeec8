import {
  CreateAliasCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  type KMSClient,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { addHmacKey, addKey, arnOf, expectRefusal, seal, serve, text } from './support.ts';

const AliasName = 'alias/ssn';

async function targetOf(client: KMSClient): Promise<string | undefined> {
  return (await client.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.Arn;
}

describe('an alias', () => {
  test('moves to another key, and what the first encrypted still decrypts', async () => {
    const { client } = await serve();
    const [first, second] = [await addKey(client), await addKey(client)];
    await client.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    const blob = await seal(client, AliasName, 'secret');
    await client.send(new UpdateAliasCommand({ AliasName, TargetKeyId: second }));
    expect(await targetOf(client)).toBe(second);
    const opened = await client.send(new DecryptCommand({ CiphertextBlob: blob }));
    expect([opened.KeyId, text(opened.Plaintext)]).toEqual([first, 'secret']);
    await expectRefusal(
      client.send(new DecryptCommand({ CiphertextBlob: blob, KeyId: AliasName })),
      'IncorrectKeyException',
    );
  });

  test('moves to no key of another kind', async () => {
    const { client } = await serve();
    const key = await addKey(client);
    await client.send(new CreateAliasCommand({ AliasName, TargetKeyId: key }));
    const rsa = await addKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    for (const TargetKeyId of [await addHmacKey(client), rsa]) {
      await expectRefusal(client.send(new UpdateAliasCommand({ AliasName, TargetKeyId })), 'ValidationException');
    }
    expect(await targetOf(client)).toBe(key);
  });

  test('is made once', async () => {
    const { client } = await serve();
    const TargetKeyId = await addKey(client);
    await client.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
    await expectRefusal(
      client.send(new CreateAliasCommand({ AliasName, TargetKeyId })),
      'AlreadyExistsException',
      `An alias with the name ${arnOf(AliasName)} already exists`,
    );
  });

  test('is gone when it is deleted, and its key is not', async () => {
    const { client } = await serve();
    const TargetKeyId = await addKey(client);
    await client.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
    await client.send(new DeleteAliasCommand({ AliasName }));
    const message = `Alias ${arnOf(AliasName)} is not found.`;
    await expectRefusal(client.send(new DescribeKeyCommand({ KeyId: AliasName })), 'NotFoundException', message);
    await expectRefusal(client.send(new DeleteAliasCommand({ AliasName })), 'NotFoundException', message);
    const moving = client.send(new UpdateAliasCommand({ AliasName, TargetKeyId }));
    await expectRefusal(moving, 'NotFoundException', message);
    expect((await client.send(new DescribeKeyCommand({ KeyId: TargetKeyId }))).KeyMetadata?.Enabled).toBe(true);
  });

  test('stands for a key, not for an alias', async () => {
    const { client } = await serve();
    await client.send(new CreateAliasCommand({ AliasName, TargetKeyId: await addKey(client) }));
    await expectRefusal(
      client.send(new CreateAliasCommand({ AliasName: 'alias/two', TargetKeyId: AliasName })),
      'ValidationException',
      'Aliases must refer to keys. Not aliases',
    );
  });

  test.each([
    ['ssn', 'ValidationException'],
    ['alias/', 'InvalidAliasNameException'],
    ['alias/a:b', 'InvalidAliasNameException'],
    ['alias/a b', 'ValidationException'],
    ['alias/aws/rds', 'NotAuthorizedException'],
  ])('is not called %s', async (name, refusal) => {
    const { client } = await serve();
    const TargetKeyId = await addKey(client);
    await expectRefusal(client.send(new CreateAliasCommand({ AliasName: name, TargetKeyId })), refusal);
  });
});
