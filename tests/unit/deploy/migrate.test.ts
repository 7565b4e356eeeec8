import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from '../../../lambdas/deploy/migrate.ts';
import { runMigrations } from '../../../lambdas/deploy/run-migrations.ts';
import { lambdaContext } from '../support/events.ts';

vi.mock(import('../../../lambdas/deploy/run-migrations.ts'));

const secrets = mockClient(SecretsManagerClient);

beforeEach(() => {
  secrets.reset();
  vi.mocked(runMigrations).mockReset().mockResolvedValue(['programs']);
  vi.unstubAllEnvs();
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

function stubEnvironment(changes: Record<string, string | undefined> = {}): void {
  const complete = {
    DATABASE_CLUSTER_ARN: 'cluster',
    DATABASE_SECRET_ARN: 'owner-secret',
    DATABASE_NAME: 'bank',
    BANK_TIME_ZONE: 'Europe/Berlin',
    DATABASE_LOGINS: '{"bank_accounts":"arn:accounts","bank_payments":"arn:payments"}',
  };
  for (const [name, value] of Object.entries({ ...complete, ...changes })) {
    vi.stubEnv(name, value);
  }
}

const secretHolds = (SecretId: string, password: string, username = SecretId.replace('arn:', 'bank_')) =>
  secrets.on(GetSecretValueCommand, { SecretId }).resolves({ SecretString: JSON.stringify({ username, password }) });

describe('a deploy', () => {
  test("migrates with each login's password from its secret, and tells what it applied", async () => {
    stubEnvironment();
    secretHolds('arn:accounts', 'password-1');
    secretHolds('arn:payments', 'password-2');
    expect(await handler({}, lambdaContext())).toEqual({ applied: ['programs'] });
    expect(vi.mocked(runMigrations).mock.calls[0]?.[0]).toMatchObject({
      folder: expect.stringMatching(/\/sql$/),
      logins: { bank_accounts: 'password-1', bank_payments: 'password-2' },
      timeZone: 'Europe/Berlin',
    });
  });

  test('keeps to the user that a secret names since it was rotated', async () => {
    stubEnvironment();
    secretHolds('arn:accounts', 'password-1');
    secretHolds('arn:payments', 'password-2', 'bank_payments_twin');
    await handler({}, lambdaContext());
    const logins = { bank_accounts: 'password-1', bank_payments_twin: 'password-2' };
    expect(vi.mocked(runMigrations).mock.calls[0]?.[0]).toMatchObject({ logins });
  });

  test("fails if a secret is another login's", async () => {
    stubEnvironment();
    secretHolds('arn:accounts', 'password-1', 'bank_payments');
    secretHolds('arn:payments', 'password-2');
    await expect(handler({}, lambdaContext())).rejects.toThrow('The secret arn:accounts is not that of bank_accounts');
    expect(runMigrations).not.toHaveBeenCalled();
  });

  test('fails if a script fails', async () => {
    stubEnvironment({ DATABASE_LOGINS: '{}' });
    vi.mocked(runMigrations).mockRejectedValue(new Error('Migration 000002_second.sql failed'));
    await expect(handler({}, lambdaContext())).rejects.toThrow('000002_second.sql');
  });

  test('fails before it touches the database if a secret cannot be read', async () => {
    stubEnvironment();
    secretHolds('arn:accounts', 'password-1');
    secrets.on(GetSecretValueCommand, { SecretId: 'arn:payments' }).rejects(new Error('not authorized'));
    await expect(handler({}, lambdaContext())).rejects.toThrow('not authorized');
    expect(runMigrations).not.toHaveBeenCalled();
  });

  test.each([undefined, '', 'bank_accounts', '["arn"]', '{"bank_accounts":1}'])(
    'with the logins %s fails, naming them and everything else that is wrong',
    async logins => {
      stubEnvironment({ DATABASE_NAME: undefined, DATABASE_LOGINS: logins });
      await expect(handler({}, lambdaContext())).rejects.toThrow(/DATABASE_NAME.*DATABASE_LOGINS/);
    },
  );
});
