import { DescribeKeyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { readAssembly } from '../../../local/assembly/assembly.ts';
import { temporaryFolder, writeAssembly } from '../assembly/fixture.ts';
import { serve } from './support.ts';

async function read(Resources: Record<string, unknown>) {
  return readAssembly(await writeAssembly(await temporaryFolder(), { bank: { template: { Resources } } }));
}

const alias = (AliasName: string, TargetKeyId: unknown) => ({
  Type: 'AWS::KMS::Alias',
  Properties: { AliasName, TargetKeyId },
});

test('a template’s keys and aliases are read and served', async () => {
  const assembly = await read({
    Ssn: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, Description: 'ssn', KeyPolicy: {} } },
    Index: {
      Type: 'AWS::KMS::Key',
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', Enabled: 'false' },
    },
    SsnAlias: alias('alias/ssn', { 'Fn::GetAtt': ['Ssn', 'Arn'] }),
    IndexAlias: alias('alias/index', { Ref: 'Index' }),
  });
  expect(assembly.warnings).toEqual([]);
  expect(assembly.kmsKeys).toMatchObject([
    {
      stack: 'bank',
      logicalId: 'Ssn',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      enabled: true,
      rotation: true,
    },
    { stack: 'bank', logicalId: 'Index', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC', enabled: false },
  ]);

  expect(assembly.kmsAliases).toEqual([
    { name: 'alias/ssn', keyId: assembly.kmsKeys[0]?.id },
    { name: 'alias/index', keyId: assembly.kmsKeys[1]?.id },
  ]);

  const { client } = await serve({ keys: assembly.kmsKeys, aliases: assembly.kmsAliases });
  const [ssn, index] = assembly.kmsKeys;
  const found = await client.send(new DescribeKeyCommand({ KeyId: 'alias/ssn' }));
  expect(found.KeyMetadata).toMatchObject({ KeyId: ssn?.id, Arn: ssn?.arn, Description: 'ssn' });
  expect((await client.send(new DescribeKeyCommand({ KeyId: 'alias/index' }))).KeyMetadata).toMatchObject({
    KeyId: index?.id,
    KeyState: 'Disabled',
  });
  const rotation = await client.send(new GetKeyRotationStatusCommand({ KeyId: ssn?.id }));
  expect(rotation.KeyRotationEnabled).toBe(true);
});

test('a key of a spec that is not served stops the start, by its name', async () => {
  const Properties = { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' };
  await expect(read({ Signer: { Type: 'AWS::KMS::Key', Properties } })).rejects.toThrow('resource Signer');
});
