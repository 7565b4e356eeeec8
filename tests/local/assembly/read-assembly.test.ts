import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '../../../local/assembly/assembly.ts';
import { functionNameOf } from '../../../local/assembly/read-functions.ts';
import { localAssembly } from '../../support/assembly.ts';
import { functionResource, temporaryFolder, writeAssembly } from './fixture.ts';

const resources = (Resources: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  template: { Resources, ...rest },
});

describe('a cloud assembly', () => {
  test('is read in the order of its stacks, with what one exports and another imports', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      api: {
        ...resources({
          Handler: functionResource({
            Environment: { Variables: { KEY: { 'Fn::ImportValue': 'data:Key' }, SIZE: 3 } },
          }),
        }),
        dependsOn: ['data'],
      },
      data: resources(
        { Key: { Type: 'AWS::KMS::Key', Properties: {} } },
        {
          Outputs: {
            ExportsOutputRefKey: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'data:Key' } },
            Region: { Value: { Ref: 'AWS::Region' } },
          },
        },
      ),
    });
    const assembly = readAssembly(folder);
    expect(assembly.stacks).toEqual(['data', 'api']);
    expect(assembly.outputs).toEqual({ data: { Region: 'us-east-1' }, api: {} });
    const [handler] = assembly.functions;
    expect(handler).toMatchObject({
      stack: 'api',
      logicalId: 'Handler',
      assetDirectory: join(folder, 'asset.code'),
      timeoutSeconds: 3,
      memoryMegabytes: 128,
    });
    expect(handler?.environment.KEY).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/);
    expect(handler?.environment.SIZE).toBe('3');
    expect(handler?.logGroupName).toBe(`/aws/lambda/${handler?.name}`);
  });

  test('a resource whose condition is false is left out', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      api: resources(
        { Here: functionResource(), There: { ...functionResource(), Condition: 'Never' } },
        { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
      ),
    });
    expect(readAssembly(folder).functions.map(each => each.logicalId)).toEqual(['Here']);
  });

  test('triggers run after those that they depend on, whatever the template order', async () => {
    const trigger = (...DependsOn: string[]) => ({
      Type: 'Custom::Trigger',
      Properties: { HandlerArn: { Ref: 'Version' } },
      DependsOn,
    });
    const folder = await writeAssembly(await temporaryFolder(), {
      data: resources({
        Last: trigger('Middle'),
        Middle: trigger('Alarm'),
        Alarm: { Type: 'AWS::CloudWatch::Alarm', DependsOn: 'First' },
        First: trigger(),
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Migrate' } } },
        Migrate: functionResource({ FunctionName: 'migrate' }),
      }),
    });
    const { triggers } = readAssembly(folder);
    expect(triggers.map(each => each.logicalId)).toEqual(['First', 'Middle', 'Last']);
    expect(triggers[0]).toMatchObject({ functionName: 'migrate', invocationType: 'RequestResponse' });
  });

  test('a type that nothing stands in for is warned about once, and one without local meaning never', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      data: resources({
        Table: { Type: 'AWS::DynamoDB::Table' },
        Other: { Type: 'AWS::DynamoDB::Table' },
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] } } },
      }),
    });
    expect(readAssembly(folder).warnings).toEqual([
      'the local cloud has nothing that stands in for AWS::DynamoDB::Table; it is left out',
    ]);
  });

  test('stacks that need one another are refused', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      a: { ...resources({}), dependsOn: ['b'] },
      b: { ...resources({}), dependsOn: ['a'] },
    });
    expect(() => readAssembly(folder)).toThrow('the stacks depend on one another: a → b → a');
  });

  test('a folder that is none is refused with its name', async () => {
    const folder = await temporaryFolder();
    expect(() => readAssembly(folder)).toThrow(`${join(folder, 'manifest.json')} cannot be read`);
  });

  test('an import that nobody exports is refused', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      api: resources({
        Handler: functionResource({ Environment: { Variables: { KEY: { 'Fn::ImportValue': 'lost' } } } }),
      }),
    });
    expect(() => readAssembly(folder)).toThrow('no stack exports lost');
  });

  test('a property of the wrong shape is refused with its place', async () => {
    const folder = await writeAssembly(await temporaryFolder(), {
      api: resources({ Handler: functionResource({ Timeout: 'soon' }) }),
    });
    expect(() => readAssembly(folder)).toThrow('stack api, resource Handler (AWS::Lambda::Function)');
  });
});

describe('an HTTP API', () => {
  const inApi = (Type: string, Properties: Record<string, unknown> = {}) => ({
    Type: `AWS::ApiGatewayV2::${Type}`,
    Properties: { ApiId: { Ref: 'Api' }, ...Properties },
  });
  const api = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'bank', ProtocolType: 'HTTP' } },
    Handler: functionResource({ FunctionName: 'handler' }),
    Integration: inApi('Integration', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Handler', 'Arn'] },
      PayloadFormatVersion: '2.0',
    }),
    Stage: inApi('Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: '20' },
      RouteSettings: { 'GET /accounts/{id}': { ThrottlingRateLimit: '3', ThrottlingBurstLimit: 4 } },
    }),
    Authorizer: inApi('Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer', Audience: ['client'] },
    }),
    Route: inApi('Route', {
      RouteKey: 'GET /accounts/{id}',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      AuthorizerId: { Ref: 'Authorizer' },
      AuthorizationScopes: ['bank/read'],
    }),
  };
  const read = async (Resources: Record<string, unknown>) =>
    readAssembly(await writeAssembly(await temporaryFolder(), { api: resources(Resources) })).httpApis;

  test('has its routes, integrations, authorizers and throttling', async () => {
    const [found] = await read(api);
    const authorizer = found?.authorizers[0]?.name;
    expect(found).toMatchObject({
      name: 'bank',
      stage: '$default',
      throttle: { rateLimit: 10, burstLimit: 20 },
      authorizers: [
        { issuer: 'https://issuer', audience: ['client'], identitySource: ['$request.header.Authorization'] },
      ],
      routes: [
        {
          routeKey: 'GET /accounts/{id}',
          functionName: 'handler',
          timeoutMs: 30_000,
          authorizer,
          scopes: ['bank/read'],
          throttle: { rateLimit: 3, burstLimit: 4 },
        },
      ],
    });
    expect(found?.endpoint).toBe(`https://${found?.apiId}.execute-api.us-east-1.amazonaws.com`);
  });

  test('has its CORS settings', async () => {
    const CorsConfiguration = { AllowOrigins: ['*'], MaxAge: '60', AllowCredentials: 'false' };
    const [found] = await read({
      ...api,
      Api: { ...api.Api, Properties: { ...api.Api.Properties, CorsConfiguration } },
    });
    expect(found?.cors).toEqual({ allowOrigins: ['*'], maxAge: 60, allowCredentials: false });
  });

  test.each([
    ['a WebSocket API', { Api: { ...api.Api, Properties: { Name: 'x', ProtocolType: 'WEBSOCKET' } } }, 'not WEBSOCKET'],
    ['an HTTP integration', { Integration: inApi('Integration', { IntegrationType: 'HTTP_PROXY' }) }, 'Lambda proxy'],
    ['a Lambda authorizer', { Authorizer: inApi('Authorizer', { AuthorizerType: 'REQUEST' }) }, 'JWT authorizers only'],
    [
      'a route to nowhere',
      { Route: inApi('Route', { RouteKey: 'GET /', Target: 'integrations/x' }) },
      'no integration',
    ],
  ])('%s is refused', async (_name, change, message) => {
    await expect(read({ ...api, ...change })).rejects.toThrow(message);
  });
});

test('a user pool without a password policy has that of Cognito, and a client its default validities', async () => {
  const folder = await writeAssembly(await temporaryFolder(), {
    auth: resources({
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          UserPoolId: { Ref: 'Pool' },
          RefreshTokenValidity: 90,
          TokenValidityUnits: { RefreshToken: 'minutes' },
        },
      },
    }),
  });
  const [pool] = readAssembly(folder).userPools;
  expect(pool?.passwordPolicy).toEqual({
    minimumLength: 8,
    requireLowercase: true,
    requireUppercase: true,
    requireNumbers: true,
    requireSymbols: true,
  });
  expect(pool?.clients[0]).toMatchObject({
    accessTokenMinutes: 60,
    idTokenMinutes: 60,
    refreshTokenDays: 90 / (24 * 60),
    authFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
  });
});

test('a user pool names the function that is told of users when they are confirmed', async () => {
  const folder = await writeAssembly(await temporaryFolder(), {
    auth: {
      template: {
        Resources: {
          Welcome: functionResource({ FunctionName: 'welcome' }),
          Pool: {
            Type: 'AWS::Cognito::UserPool',
            Properties: { LambdaConfig: { PostConfirmation: { 'Fn::GetAtt': ['Welcome', 'Arn'] } } },
          },
        },
      },
    },
  });
  expect(readAssembly(folder).userPools[0]?.postConfirmation).toBe('welcome');
});

test("a function's name is found in each form of reference to it", () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:pay';
  const invocation = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
  expect([arn, `${arn}:1`, invocation, 'pay'].map(functionNameOf)).toEqual(['pay', 'pay', 'pay', 'pay']);
});

test('the synthesised bank is read without a warning: every route has its function, every login its secret', async () => {
  const assembly = readAssembly(await localAssembly());
  expect(assembly.warnings).toEqual([]);
  const names = assembly.functions.map(each => each.name);
  const routes = assembly.httpApis.flatMap(api => api.routes);
  expect(routes.map(route => route.routeKey)).toContain('POST /transfer');
  for (const route of routes) expect(names).toContain(route.functionName);
  const [cluster] = assembly.databaseClusters;
  expect(cluster).toMatchObject({ databaseName: 'bank', httpEndpoint: true });
  const secrets = assembly.secrets.map(secret => secret.arn);
  expect(secrets).toContain(cluster?.masterSecretArn);
  for (const { environment } of assembly.functions) {
    if (environment.DATABASE_SECRET_ARN !== undefined) {
      expect(secrets).toContain(environment.DATABASE_SECRET_ARN);
      expect(environment.DATABASE_CLUSTER_ARN).toBe(cluster?.arn);
    }
  }
  expect(assembly.triggers).toHaveLength(1);
  const issuers = assembly.userPools.map(pool => `https://cognito-idp.us-east-1.amazonaws.com/${pool.id}`);
  expect(assembly.httpApis.flatMap(api => api.authorizers).map(each => each.issuer)).toEqual(issuers);
});
