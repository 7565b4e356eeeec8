import { describe, expect, test } from 'vitest';
import { clusterConnections } from '../../local/cluster-connections.ts';

const cluster = {
  stack: 'data',
  logicalId: 'Cluster',
  identifier: 'bank',
  arn: 'cluster-arn',
  engine: 'aurora-postgresql',
  databaseName: 'bank',
  httpEndpoint: true,
  masterSecretArn: 'master',
};
const values: Record<string, string> = {
  master: '{"username":"postgres","password":"made up"}',
  copy: '{"username":"postgres","password":"made up"}',
  stale: '{"username":"postgres","password":"before"}',
  payments: '{"username":"bank_payments","password":"p@ss/word"}',
  empty: '{}',
  text: 'not JSON',
};
const versions = new Map(Object.keys(values).map(arn => [arn, 1]));
const secrets = {
  currentValue(id: string) {
    const secretString = values[id];
    return secretString === undefined ? undefined : { versionId: String(versions.get(id)), secretString };
  },
};
const databaseUrl = 'postgres://root:secret@127.0.0.1:5433/local?sslmode=disable';
const connect = clusterConnections([cluster, { ...cluster, arn: 'closed', httpEndpoint: false }], secrets, databaseUrl);
const lead = (secretArn: string, database?: string) =>
  connect({ resourceArn: 'cluster-arn', secretArn, ...(database !== undefined && { database }) });

describe('a Data API call leads to the database that stands in for the cluster', () => {
  test("as its superuser with the master user's login, whichever secret holds it", () => {
    expect(lead('master')).toEqual({ connectionString: databaseUrl });
    expect(lead('copy')).toEqual({ connectionString: databaseUrl });
  });

  test('as the user of any other secret', () => {
    const connectionString = 'postgres://bank_payments:p%40ss%2Fword@127.0.0.1:5433/local?sslmode=disable';
    expect(lead('payments')).toEqual({ connectionString });
  });

  test('never as its superuser with a password that is not the master secret’s', () => {
    expect(lead('stale')).toEqual({
      connectionString: 'postgres://postgres:before@127.0.0.1:5433/local?sslmode=disable',
    });
  });

  test("in the cluster's own database by its name, and in another by that one's", () => {
    expect(lead('master', 'bank')).toEqual({ connectionString: databaseUrl });
    const connectionString = 'postgres://root:secret@127.0.0.1:5433/other?sslmode=disable';
    expect(lead('master', 'other')).toEqual({ connectionString });
  });

  test('with the new password once the secret has one', () => {
    lead('payments');
    values.payments = '{"username":"bank_payments","password":"new"}';
    versions.set('payments', 2);
    const connectionString = 'postgres://bank_payments:new@127.0.0.1:5433/local?sslmode=disable';
    expect(lead('payments')).toEqual({ connectionString });
  });
});

describe('a Data API call is refused', () => {
  test.each([
    ['for an unknown cluster', 'nowhere', 'master', 'HttpEndpointNotEnabledException'],
    ['for a cluster without the Data API', 'closed', 'master', 'HttpEndpointNotEnabledException'],
    ['for an unknown secret', 'cluster-arn', 'nothing', 'SecretsErrorException'],
    ['for a secret without a login', 'cluster-arn', 'empty', 'InvalidSecretException'],
    ['for a secret that is not JSON', 'cluster-arn', 'text', 'InvalidSecretException'],
  ])('%s', (_name, resourceArn, secretArn, code) => {
    expect(() => connect({ resourceArn, secretArn })).toThrow(expect.objectContaining({ code }));
  });
});
