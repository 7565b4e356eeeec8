import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { readDatabaseLogin } from '../../../lambdas/adapters/secrets.ts';

const client = mockClient(SecretsManagerClient);
beforeEach(() => {
  client.reset();
});

test('a login is read from its secret, with what else that holds', async () => {
  client
    .on(GetSecretValueCommand, { SecretId: 'arn:payments' })
    .resolves({ SecretString: '{"username":"bank_payments","password":"hunter2","engine":"postgres"}' });
  expect(await readDatabaseLogin('arn:payments')).toEqual({
    username: 'bank_payments',
    password: 'hunter2',
    engine: 'postgres',
  });
});

test.each([
  ['no text', {}],
  ['no password', { SecretString: '{"username":"bank_payments"}' }],
  ['no JSON', { SecretString: 'hunter2' }],
])('a secret with %s is refused without a word of what it holds', async (_what, output) => {
  client.on(GetSecretValueCommand).resolves(output);
  await expect(readDatabaseLogin('arn:payments')).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});
