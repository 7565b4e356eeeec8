import { describe, expect, test } from 'vitest';
import { routes } from '../../lambdas/api/contract.ts';
import { capabilities, routeKey } from '../../lambdas/runtime/route.ts';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { environmentOf, synthesisedBank, variablesOfAll } from './synthesised-bank.ts';

const { api } = synthesisedBank('dev');
const gatewayRoutes = api.all('AWS::ApiGatewayV2::Route').map(route => route.Properties);
const functions = Object.entries(api.named('AWS::Lambda::Function'));

function functionOf(capability: string) {
  const [id, resource] = functions.find(([name]) => name.startsWith(capability)) ?? [];
  return { id, properties: resource?.Properties, variables: environmentOf(resource) };
}

describe('the routes', () => {
  test('are those of the contract, each exactly once', () => {
    expect(gatewayRoutes.map(route => route.RouteKey).toSorted()).toEqual(routes.map(routeKey).toSorted());
  });

  test.each(routes.map(route => [routeKey(route), route.roles] as const))(
    '%s checks the token unless the contract calls it public',
    (key, roles) => {
      const [authorizer] = Object.keys(api.named('AWS::ApiGatewayV2::Authorizer'));
      const route = gatewayRoutes.find(candidate => candidate.RouteKey === key);
      expect(route).toMatchObject(
        roles === 'public'
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer } },
      );
    },
  );

  test('only what tells nothing of anybody is public', () => {
    const open = gatewayRoutes.filter(route => route.AuthorizationType !== 'JWT');
    const harmless = routes.filter(route => route.capability === 'system').map(routeKey);
    expect(harmless).toEqual(expect.arrayContaining(open.map(route => route.RouteKey)));
    expect(open.map(route => route.RouteKey)).toContain('GET /health');
  });

  test.each(routes.map(route => [routeKey(route), route.capability] as const))(
    '%s is answered by the %s function',
    (key, capability) => {
      const route = gatewayRoutes.find(candidate => candidate.RouteKey === key);
      const integrations = Object.entries(api.named('AWS::ApiGatewayV2::Integration'));
      const integration = integrations.find(([id]) => JSON.stringify(route?.Target).includes(`"${id}"`))?.[1];
      expect(integration?.Properties).toMatchObject({
        IntegrationUri: { 'Fn::GetAtt': [functionOf(capability).id, 'Arn'] },
        PayloadFormatVersion: '2.0',
      });
    },
  );
});

describe('the gateway', () => {
  test("takes tokens of the bank's own user pool and client from the Authorization header", () => {
    const { Properties } = api.only('AWS::ApiGatewayV2::Authorizer');
    expect(Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [{ 'Fn::ImportValue': expect.stringContaining('UserPoolClient') }] },
    });
    expect(JSON.stringify(Properties.JwtConfiguration)).toContain('https://cognito-idp.');
  });

  test("is throttled as the stage says, and answers to no other site's pages", () => {
    const { rateLimit, burstLimit } = stageConfig('dev').throttle;
    expect(api.only('AWS::ApiGatewayV2::Stage').Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit },
    });
    expect(api.only('AWS::ApiGatewayV2::Api').Properties.CorsConfiguration).toBeUndefined();
  });

  test.each(stageNames)('holds each route that moves money to less than the others in %s', name => {
    const { throttle, moneyThrottle } = stageConfig(name);
    const stage = synthesisedBank(name).api.only('AWS::ApiGatewayV2::Stage');
    const settings = { ThrottlingRateLimit: moneyThrottle.rateLimit, ThrottlingBurstLimit: moneyThrottle.burstLimit };
    expect(stage.Properties.RouteSettings).toEqual({
      'POST /transfer': settings,
      'POST /transfers/batch': settings,
      'POST /deposit': settings,
      'POST /withdrawal': settings,
      'POST /transactions/{id}/reversal': settings,
      'POST /holds/{id}/capture': settings,
      'POST /fees/{id}/waive': settings,
    });
    expect(moneyThrottle.rateLimit).toBeLessThan(throttle.rateLimit);
    expect(moneyThrottle.burstLimit).toBeLessThan(throttle.burstLimit);
  });

  test('has every route before the stage that sets their limits', () => {
    expect(api.only('AWS::ApiGatewayV2::Stage').DependsOn).toEqual(
      expect.arrayContaining(Object.keys(api.named('AWS::ApiGatewayV2::Route'))),
    );
  });

  test('logs each request as JSON without its path, query, headers or token', () => {
    const settings = api.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings as { Format: string };
    const values = Object.values(JSON.parse(settings.Format));
    expect(values).toContain('$context.requestId');
    expect(values).toContain('$context.routeKey');
    expect(settings.Format).not.toMatch(/context\.(path|rawQueryString)|\$request|header|authorization|token/i);
  });
});

describe('the functions', () => {
  test('are one per capability', () => {
    expect(functions).toHaveLength(capabilities.length);
    for (const capability of capabilities) {
      expect(functionOf(capability).id).toBeDefined();
    }
  });

  test('give up before the gateway does after 30 seconds', () => {
    for (const capability of capabilities) {
      expect(functionOf(capability).properties?.Timeout).toBe(28);
    }
  });

  test.each(capabilities.filter(capability => capability !== 'system'))('%s is given its own login', capability => {
    const { variables } = functionOf(capability);
    expect(Object.keys(variables).toSorted()).toEqual([
      'ACCOUNTS_NEED_VERIFIED_CUSTOMER',
      ...(capability === 'audit' ? ['AUDIT_BUCKET'] : []),
      'CUSTOMER_ACCOUNT_LIMIT',
      'CUSTOMER_RULES',
      'DATABASE_CLUSTER_ARN',
      'DATABASE_NAME',
      'DATABASE_SECRET_ARN',
      'EVENT_QUEUE_URL',
      ...(capability === 'accounts' || capability === 'customers' ? ['FOUR_EYES'] : []),
      'NODE_OPTIONS',
      'POWERTOOLS_METRICS_NAMESPACE',
      'POWERTOOLS_SERVICE_NAME',
      ...(capability === 'audit' ? ['SEAL_KEY_ID'] : []),
      ...(capability === 'customers' ? ['SSN_INDEX_KEY_ID', 'SSN_INDEX_KEY_VERSION', 'SSN_KEY_ID'] : []),
      'STAGE',
      ...(capability === 'users' ? ['USER_POOL_ID'] : []),
    ]);
    expect(variables.DATABASE_SECRET_ARN).toEqual({
      'Fn::ImportValue': expect.stringContaining(`${capability}LoginSecret`),
    });
  });

  test('system is given no database', () => {
    expect(functionOf('system').variables).toEqual(variablesOfAll('dev'));
  });

  test('are told what customers may do on their stage', () => {
    const prod = Object.values(synthesisedBank('prod').api.named('AWS::Lambda::Function'));
    expect(functionOf('payments').variables).toMatchObject({
      CUSTOMER_RULES: JSON.stringify(['customer_deposits', 'customer_opens_accounts']),
      CUSTOMER_ACCOUNT_LIMIT: '10',
    });
    expect(JSON.stringify(prod)).toContain('"CUSTOMER_RULES":"[]"');
  });

  test('are told the queue of the bank to send events to', () => {
    for (const capability of capabilities.filter(name => name !== 'system')) {
      expect(functionOf(capability).variables.EVENT_QUEUE_URL).toEqual({
        'Fn::ImportValue': expect.stringContaining('ExportsOutputRefEventQueue'),
      });
    }
  });

  test.each([
    ['local', 'false'],
    ['dev', 'false'],
    ['staging', 'true'],
    ['prod', 'true'],
  ])('in %s need a second member of staff to unfreeze: %s', (stage, fourEyes) => {
    const told = Object.values(synthesisedBank(stage).api.named('AWS::Lambda::Function'))
      .map(definition => environmentOf(definition).FOUR_EYES)
      .filter(value => value !== undefined);
    expect(told).toEqual([fourEyes, fourEyes]);
  });
});
