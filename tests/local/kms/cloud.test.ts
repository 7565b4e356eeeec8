import { DecryptCommand } from '@aws-sdk/client-kms';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startCloud } from '../../../local/cloud.ts';
import { functionResource, temporaryFolder, writeAssembly } from '../assembly/fixture.ts';
import { connect, seal, text } from './support.ts';

const resources = {
  Ssn: { Type: 'AWS::KMS::Key', Properties: {} },
  SsnAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/ssn', TargetKeyId: { Ref: 'Ssn' } } },
  Vault: functionResource({ Environment: { Variables: { KEY_ARN: { 'Fn::GetAtt': ['Ssn', 'Arn'] } } } }),
};
const code = {
  'index.mjs':
    'export const handler = async () => ({ url: process.env.AWS_ENDPOINT_URL_KMS, key: process.env.KEY_ARN });',
};

async function start(home: string, Resources: object = resources) {
  const assembly = await writeAssembly(await temporaryFolder(), { bank: { template: { Resources } } }, code);
  const cloud = await startCloud({ assembly, home, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
  onTestFinished(() => cloud.close());
  const { payload } = await cloud.invoke('Vault', {});
  return { cloud, environment: payload };
}

test('a function of the local cloud finds KMS and its key, which outlives the cloud', async () => {
  const home = await temporaryFolder();
  const first = await start(home);
  const { url, key } = first.environment as { url: string; key: string };
  expect(url).toBe(first.cloud.endpoints.kms);
  const client = connect(url);
  const blob = await seal(client, key, 'secret');
  client.destroy();
  await first.cloud.close();

  const second = await start(home);
  const again = connect(second.cloud.endpoints.kms ?? '');
  const opened = await again.send(new DecryptCommand({ CiphertextBlob: blob, KeyId: 'alias/ssn' }));
  expect([opened.KeyId, text(opened.Plaintext)]).toEqual([key, 'secret']);
  again.destroy();
});

test('another KMS that the environment names is the one that functions use', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', 'http://127.0.0.1:4566');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  // Nothing answers there, and an application without keys has none made.
  const { cloud, environment } = await start(await temporaryFolder(), { Vault: functionResource({}) });
  expect(environment).toMatchObject({ url: 'http://127.0.0.1:4566' });
  expect(cloud.endpoints.kms).toBe('http://127.0.0.1:4566');
});
