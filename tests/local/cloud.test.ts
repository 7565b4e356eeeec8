import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Cloud, type CloudOptions, startCloud } from '../../local/cloud.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';
import { functionResource, temporaryFolder, writeAssembly } from './assembly/fixture.ts';

/** Talks to the Data API as the SDK does, without it: the fixture's code is not bundled. */
const code = `
const execute = async (secretArn, sql, parameters = []) => {
  const body = { resourceArn: process.env.CLUSTER, secretArn, sql, parameters };
  const headers = { authorization: 'signed', 'content-type': 'application/json' };
  const response = await fetch(process.env.AWS_ENDPOINT_URL_RDS_DATA + '/Execute', { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer.records;
};
const secretOf = async SecretId => {
  const headers = { authorization: 'signed', 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const response = await fetch(process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER, { method: 'POST', headers, body: JSON.stringify({ SecretId }) });
  return JSON.parse((await response.json()).SecretString);
};
export const migrate = async () => {
  if (process.env.FAIL) throw new Error('migration 000001 does not apply');
  const { username, password } = await secretOf(process.env.LOGIN);
  await execute(process.env.MASTER, 'create role ' + username + " login password '" + password + "'");
  await execute(process.env.MASTER, 'create table migrated (by text default current_user)');
  await execute(process.env.MASTER, 'grant insert, select on migrated to ' + username);
};
export const serve = async event => {
  if (event.rawPath === '/slow') await new Promise(() => {});
  if (event.rawPath === '/broken') throw new Error('broken');
  await execute(process.env.LOGIN, 'insert into migrated default values');
  const rows = await execute(process.env.LOGIN, 'select by from migrated');
  return { by: rows.map(([{ stringValue }]) => stringValue), timezone: new Date(0).getTimezoneOffset(), kms: process.env.AWS_ENDPOINT_URL_KMS };
};
export const direct = async event => ({ ...event, secret: await secretOf(process.env.LOGIN) });
`;

const attach = (secret: string) => ({
  Type: 'AWS::SecretsManager::SecretTargetAttachment',
  Properties: { SecretId: { Ref: secret }, TargetId: { Ref: 'Cluster' }, TargetType: 'AWS::RDS::DBCluster' },
});
const secretFor = (username: string) => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: {
    GenerateSecretString: {
      SecretStringTemplate: JSON.stringify({ username }),
      GenerateStringKey: 'password',
      ExcludePunctuation: true,
    },
  },
});
const apiPart = (Type: string, Properties: Record<string, unknown> = {}) => ({
  Type: `AWS::ApiGatewayV2::${Type}`,
  Properties: { ApiId: { Ref: 'Api' }, ...Properties },
});
const route = (RouteKey: string, properties: Record<string, unknown> = {}) =>
  apiPart('Route', {
    RouteKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    ...properties,
  });

/** A small bank: a cluster with two logins, a migration, and an API with an open and a guarded route. */
function bankTemplate(login: string, migration: Record<string, string> = {}): Record<string, unknown> {
  const Variables = {
    CLUSTER: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] },
    MASTER: { Ref: 'MasterAttachment' },
    LOGIN: { Ref: 'LoginAttachment' },
  };
  const fromMaster = (key: string) => ({
    'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Master' }, `:SecretString:${key}::}}`]],
  });
  const issuer = ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }];
  return {
    Resources: {
      Master: secretFor('postgres'),
      MasterAttachment: attach('Master'),
      Login: secretFor(login),
      LoginAttachment: attach('Login'),
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        Properties: {
          Engine: 'aurora-postgresql',
          DatabaseName: 'bank',
          EnableHttpEndpoint: true,
          MasterUsername: fromMaster('username'),
          MasterUserPassword: fromMaster('password'),
        },
      },
      Migrate: functionResource({
        Handler: 'index.migrate',
        Environment: { Variables: { ...Variables, ...migration } },
      }),
      Trigger: { Type: 'Custom::Trigger', Properties: { HandlerArn: { 'Fn::GetAtt': ['Migrate', 'Arn'] } } },
      Direct0A1B2C3D: functionResource({ Handler: 'index.direct', Environment: { Variables } }),
      Serve: functionResource({ Handler: 'index.serve', Timeout: 2, Environment: { Variables } }),
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: { UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'bank', ProtocolType: 'HTTP' } },
      Integration: apiPart('Integration', {
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Serve', 'Arn'] },
        PayloadFormatVersion: '2.0',
      }),
      Stage: apiPart('Stage', { StageName: '$default' }),
      Authorizer: apiPart('Authorizer', {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: { 'Fn::Join': ['', issuer] }, Audience: [{ Ref: 'Client' }] },
      }),
      Open: route('GET /open'),
      Slow: route('GET /slow'),
      Broken: route('GET /broken'),
      Guarded: route('GET /guarded', { AuthorizerId: { Ref: 'Authorizer' } }),
      Table: { Type: 'AWS::DynamoDB::Table' },
    },
    Outputs: {
      ApiUrl: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
      ClientId: { Value: { Ref: 'Client' } },
    },
  };
}

async function accessToken({ endpoints, userPools, outputs }: Cloud): Promise<string> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const endpoint = endpoints['cognito-identity-provider'] ?? '';
  const client = new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1', credentials });
  const user = { UserPoolId: userPools[0]?.id, Username: 'alice' };
  const password = 'Correct-Horse-1';
  await client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: outputs.ClientId,
      AuthParameters: { USERNAME: 'alice', PASSWORD: password },
    }),
  );
  client.destroy();
  return AuthenticationResult?.AccessToken ?? '';
}

let database: TestDatabase;
let login: string;
let clouds: Cloud[];

beforeEach(async () => {
  database = await freshDatabase();
  login = `login_${randomBytes(4).toString('hex')}`;
  clouds = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cloud of clouds) await cloud.close();
  await database.pool.query(`drop table if exists migrated; drop role if exists ${login}`);
  await database.drop();
});

async function start(options: Partial<CloudOptions> = {}, migration: Record<string, string> = {}): Promise<Cloud> {
  const stacks = { bank: { template: bankTemplate(login, migration) } };
  const assembly = await writeAssembly(await temporaryFolder(), stacks, { 'index.mjs': code });
  const cloud = await startCloud({ assembly, home: await temporaryFolder(), databaseUrl: database.url, ...options });
  clouds.push(cloud);
  return cloud;
}

describe('a cloud', () => {
  test('has run its migrations when it opens, and its functions work on the database as their own login', async () => {
    const calls: string[] = [];
    const cloud = await start({ onDataApiCall: ({ operation }) => calls.push(operation) });
    expect(calls).toHaveLength(3);
    const response = await fetch(`${cloud.apiUrl}/open`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ by: [login], timezone: 0 });
    expect(calls).toEqual(Array.from({ length: 5 }, () => 'ExecuteStatement'));
  });

  test('lets in who has a token of its user pool, and nobody else', async () => {
    const cloud = await start();
    expect((await fetch(`${cloud.apiUrl}/guarded`)).status).toBe(401);
    const authorization = `Bearer ${await accessToken(cloud)}`;
    expect((await fetch(`${cloud.apiUrl}/guarded`, { headers: { authorization } })).status).toBe(200);
  });

  test('answers 500 for a function that fails and 503 for one that takes too long', async () => {
    const lines: string[] = [];
    const cloud = await start({ log: line => lines.push(line) });
    const statuses = await Promise.all(
      ['/broken', '/slow'].map(async path => (await fetch(`${cloud.apiUrl}${path}`)).status),
    );
    expect(statuses).toEqual([500, 503]);
    expect(lines.join('\n')).toContain('Task timed out after 2.00 seconds');
  });

  test('tells its addresses in place of those in AWS, and what it leaves out', async () => {
    const lines: string[] = [];
    const cloud = await start({ log: line => lines.push(line) });
    expect(cloud.outputs.ApiUrl).toBe(cloud.apiUrl);
    expect(cloud.userPools[0]?.clients[0]?.id).toBe(cloud.outputs.ClientId);
    expect(lines[0]).toContain('AWS::DynamoDB::Table');
  });

  test('invokes a function by its logical id, whose secret has the database’s address', async () => {
    const { hostname, port } = new URL(database.url);
    const { payload } = await (await start()).invoke('Direct', { asked: true });
    expect(payload).toMatchObject({
      asked: true,
      secret: { username: login, engine: 'postgres', host: hostname, port: Number(port), dbname: 'bank' },
    });
  });

  test('keeps its secrets from one start to the next', async () => {
    const home = await temporaryFolder();
    const first = await start({ home });
    const before = await first.invoke('Direct', {});
    await first.close();
    await database.pool.query(`drop table migrated; drop role ${login}`);
    expect(await (await start({ home })).invoke('Direct', {})).toEqual(before);
  });

  test('gives functions the services that its own environment names in place of the local ones', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_KMS', 'http://127.0.0.1:4566');
    const cloud = await start();
    expect(await (await fetch(`${cloud.apiUrl}/open`)).json()).toMatchObject({ kms: 'http://127.0.0.1:4566' });
  });

  test('is not there any more when it is closed', async () => {
    const cloud = await start();
    await cloud.close();
    for (const url of [cloud.apiUrl, ...Object.values(cloud.endpoints)]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
  });
});

describe('a cloud does not start', () => {
  test('when a migration fails, and says why', async () => {
    const message = 'trigger Trigger of stack bank failed: migration 000001 does not apply';
    await expect(start({}, { FAIL: 'yes' })).rejects.toThrow(message);
  });

  test('on a port that is taken', async () => {
    const { port } = new URL((await start()).apiUrl);
    await database.pool.query(`drop table migrated; revoke all on schema public from ${login}; drop role ${login}`);
    await expect(start({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
