import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { stageNames } from '../../lib/config.ts';
import { environmentOf, type StackTemplate, synthesisedBank } from './synthesised-bank.ts';

const domain = {
  name: 'api.bank.example',
  hostedZoneId: 'Z0123456789ABC',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b2c3d-0000-0000-0000-000000000000',
};

function edgeOf({ edge }: { edge?: StackTemplate }): StackTemplate {
  if (!edge) throw new Error('There is no edge');
  return edge;
}

const settings = z.looseObject({
  DistributionConfig: z.looseObject({
    DefaultCacheBehavior: z.record(z.string(), z.unknown()),
    Origins: z.tuple([z.record(z.string(), z.unknown())]),
    CustomErrorResponses: z.array(z.record(z.string(), z.unknown())),
  }),
});
const distributionOf = (edge: StackTemplate) =>
  settings.parse(edge.only('AWS::CloudFront::Distribution').Properties).DistributionConfig;
const originSecrets = (api: StackTemplate) =>
  Object.keys(api.named('AWS::SecretsManager::Secret')).filter(id => id.startsWith('OriginSecret'));

test('only prod has an edge, and where there is none the API answers anybody itself', () => {
  for (const name of stageNames) {
    const bank = synthesisedBank(name);
    expect(bank.edge !== undefined).toBe(name === 'prod');
    expect(Object.keys(bank.api.outputs())).toContain(name === 'prod' ? 'ApiOriginUrl' : 'ApiUrl');
    expect(originSecrets(bank.api)).toHaveLength(name === 'prod' ? 1 : 0);
    const told = JSON.stringify(bank.api.json()).includes('ORIGIN_SECRETS');
    expect(told).toBe(name === 'prod');
  }
});

describe('the edge', () => {
  const bank = synthesisedBank('prod');
  const edge = edgeOf(bank);
  const {
    DefaultCacheBehavior: behaviour,
    Origins: [origin],
    ...distribution
  } = distributionOf(edge);

  test('is where the API answers', () => {
    const [id] = Object.keys(edge.named('AWS::CloudFront::Distribution'));
    expect(edge.outputs()).toEqual({
      ApiUrl: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [id, 'DomainName'] }]] },
    });
  });

  test('takes every method over HTTPS, and hands it on with its token, over HTTPS, to the gateway', () => {
    expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'https-only' });
    expect(behaviour.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH']));
    // AWS's own: all the caller's headers but Host, by which the gateway finds the API.
    expect(behaviour.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      OriginReadTimeout: 35,
    });
    expect(JSON.stringify(origin.DomainName)).toContain('.execute-api.');
  });

  test('keeps nothing, errors included', () => {
    // AWS's own: nothing is kept.
    expect(behaviour.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(distribution.CustomErrorResponses.map(answer => answer.ErrorCode)).toEqual(
      expect.arrayContaining([403, 404, 500, 502, 503, 504]),
    );
    for (const answer of distribution.CustomErrorResponses) expect(answer.ErrorCachingMinTTL).toBe(0);
  });

  test('notes the address that it sees, whatever a caller says of its own', () => {
    const { FunctionCode } = z
      .object({ FunctionCode: z.string() })
      .parse(edge.only('AWS::CloudFront::Function').Properties);
    const handler = new Function(`${FunctionCode}\nreturn handler;`)();
    const request = { headers: { 'x-viewer-address': { value: '192.0.2.1' }, accept: { value: '*/*' } } };
    expect(handler({ request, viewer: { ip: '2001:db8::7' } }).headers).toEqual({
      'x-viewer-address': { value: '2001:db8::7' },
      accept: { value: '*/*' },
    });
    const associated = z.array(z.object({ EventType: z.string() })).parse(behaviour.FunctionAssociations);
    expect(associated.map(({ EventType }) => EventType)).toEqual(['viewer-request']);
  });

  test('proves itself by a secret that every function of the API is told, and no template holds', () => {
    const [secretId] = originSecrets(bank.api);
    const headers = z
      .array(z.object({ HeaderName: z.string(), HeaderValue: z.unknown() }))
      .parse(origin.OriginCustomHeaders);
    expect(headers.map(({ HeaderName }) => HeaderName)).toEqual(['x-origin-secret']);
    expect(JSON.stringify(headers)).toMatch(/resolve:secretsmanager:.*ImportValue.*OriginSecret1/);
    const functions = bank.api.all('AWS::Lambda::Function');
    expect(functions).toHaveLength(capabilities.length);
    for (const definition of functions) {
      const told = JSON.stringify(environmentOf(definition).ORIGIN_SECRETS);
      expect(told).toContain(`{{resolve:secretsmanager:",{"Ref":"${secretId}"},":SecretString:::}}`);
    }
  });

  test('changes its secret while both are good, and shows the newer', () => {
    const { api, ...rest } = synthesisedBank('prod', { changes: { originSecretVersions: [1, 2] } });
    expect(originSecrets(api)).toHaveLength(2);
    // The edge as it was deployed last still imports the first.
    const exported = JSON.stringify(z.object({ Outputs: z.unknown() }).parse(api.json()).Outputs);
    for (const id of originSecrets(api)) expect(exported).toContain(`"Value":{"Ref":"${id}"}`);
    const [definition] = api.all('AWS::Lambda::Function');
    const told = JSON.stringify(environmentOf(definition).ORIGIN_SECRETS);
    expect(told).toMatch(/OriginSecret1.*,.*OriginSecret2/);
    const [shown] = distributionOf(edgeOf(rest)).Origins;
    expect(JSON.stringify(shown.OriginCustomHeaders)).toMatch(/OriginSecret2/);
    expect(JSON.stringify(shown.OriginCustomHeaders)).not.toMatch(/OriginSecret1/);
  });
});

describe('the firewall', () => {
  const edge = edgeOf(synthesisedBank('prod'));
  const [[aclId, acl] = []] = Object.entries(edge.named('AWS::WAFv2::WebACL'));
  const rules = z.array(z.looseObject({ Name: z.string(), Priority: z.number() })).parse(acl?.Properties.Rules);

  test('stands before CloudFront, in the only region where that can be, or the deploy says so', () => {
    expect(acl?.Properties).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(distributionOf(edge).WebACLId).toEqual({ 'Fn::GetAtt': [aclId, 'Arn'] });
    const assertion = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] };
    expect(edge.json()).toMatchObject({
      Rules: {
        FirewallRegion: {
          Assertions: [{ Assert: assertion, AssertDescription: expect.stringContaining('us-east-1') }],
        },
      },
    });
  });

  test('stops addresses that send too much first, then what AWS knows for bad', () => {
    expect(rules.map(({ Name }) => Name)).toEqual([
      'TooManyRequests',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual([0, 1, 2, 3]);
    expect(rules[0]).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP' } },
    });
  });

  test('lets through what the functions judge better: large bodies, and programs that do not say what they are', () => {
    const common = { Name: 'AWSManagedRulesCommonRuleSet', VendorName: 'AWS' };
    const counted = ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'].map(Name => ({ Name, ActionToUse: { Count: {} } }));
    expect(rules.at(-1)).toMatchObject({
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { ...common, RuleActionOverrides: counted } },
    });
  });

  test('logs what it stopped, without token, path or query', () => {
    const { Properties } = edge.only('AWS::WAFv2::LoggingConfiguration');
    expect(Properties).toMatchObject({
      LoggingFilter: { DefaultBehavior: 'DROP' },
      RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { QueryString: {} }, { UriPath: {} }],
    });
    const { LogGroupName } = edge.only('AWS::Logs::LogGroup').Properties;
    expect(LogGroupName).toBe('aws-waf-logs-countinghouse-prod');
    expect(JSON.stringify(Properties.LogDestinationConfigs)).not.toContain(':*');
  });
});

describe('a name of its own', () => {
  const bank = synthesisedBank('staging', { validate: true, changes: { domain } });
  const edge = edgeOf(bank);

  test('is served with its certificate, to nothing older than TLS 1.2, and found by both kinds of addresses', () => {
    expect(distributionOf(edge)).toMatchObject({
      Aliases: [domain.name],
      ViewerCertificate: { AcmCertificateArn: domain.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    const records = edge.all('AWS::Route53::RecordSet').map(({ Properties }) => Properties);
    expect(records.map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    for (const record of records) {
      expect(record).toMatchObject({ Name: `${domain.name}.`, HostedZoneId: domain.hostedZoneId });
    }
    expect(edge.outputs()).toEqual({ ApiUrl: `https://${domain.name}` });
  });

  test('needs no firewall and then no certain region, and leaves no finding of cdk-nag', () => {
    expect(edge.all('AWS::WAFv2::WebACL')).toEqual([]);
    expect(edge.json()).not.toHaveProperty('Rules.FirewallRegion');
    expect(bank.findings).toEqual([]);
  });

  test('with a firewall leaves none either', () => {
    const { findings } = synthesisedBank('prod', { validate: true, changes: { domain } });
    expect(findings).toEqual([]);
  });
});
