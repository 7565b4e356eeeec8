import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { type StackTemplate, synthesisedBank } from './synthesised-bank.ts';

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(schema));
const statement = z.object({
  Effect: z.string(),
  Action: oneOrMany(z.string()),
  Resource: oneOrMany(z.unknown()),
  Condition: z.unknown().optional(),
});
const document = z.object({ Statement: z.array(statement) });
const policy = z.object({ PolicyDocument: document });
/** What may say who may do what: policies, roles with policies inside, and the policies of keys and secrets. */
const grants = z.object({
  PolicyDocument: document.optional(),
  Policies: z.array(policy).default([]),
  KeyPolicy: document.optional(),
  ResourcePolicy: document.optional(),
});

const { data, auth, api, all } = synthesisedBank('prod');
const tracing = {
  'xray:PutTraceSegments': ['"*"'],
  'xray:PutTelemetryRecords': ['"*"'],
};

/** What a function's role may do: each action with its resources, as JSON. */
function powersOf(stack: StackTemplate, name: string): Record<string, string[]> {
  const powers: Record<string, string[]> = {};
  for (const [id, { Properties }] of Object.entries(stack.named('AWS::IAM::Policy'))) {
    const statements = id.startsWith(name) ? policy.parse(Properties).PolicyDocument.Statement : [];
    for (const { Action, Resource } of statements) {
      for (const action of Action) {
        powers[action] = [...(powers[action] ?? []), ...Resource.map(resource => JSON.stringify(resource))];
      }
    }
  }
  return powers;
}

const only = (text: string) => [expect.stringContaining(text)];
const ownLogs = (name: string) => ({
  'logs:CreateLogStream': only(`"${name}Logs`),
  'logs:PutLogEvents': only(`"${name}Logs`),
});

describe('the functions', () => {
  test.each(capabilities.filter(capability => capability !== 'system'))(
    '%s may run statements on the cluster as its own login, and nothing else',
    capability => {
      expect(powersOf(api, capability)).toEqual({
        ...tracing,
        ...ownLogs(capability),
        'rds-data:ExecuteStatement': only('ExportsOutputRefDatabaseCluster'),
        'secretsmanager:GetSecretValue': only(`ExportsOutputRefDatabase${capability}LoginSecret`),
        ...(capability === 'customers' && {
          'kms:Encrypt': only('ExportsOutputFnGetAttVaultSsnKey'),
          'kms:Decrypt': only('ExportsOutputFnGetAttVaultSsnKey'),
          'kms:GenerateMac': only('ExportsOutputFnGetAttVaultSsnIndexKey1'),
        }),
        ...(capability === 'users' && {
          'cognito-idp:AdminDisableUser': only('ExportsOutputFnGetAttUserPool'),
          'cognito-idp:AdminEnableUser': only('ExportsOutputFnGetAttUserPool'),
          'cognito-idp:AdminUserGlobalSignOut': only('ExportsOutputFnGetAttUserPool'),
        }),
      });
    },
  );

  test('system may do nothing but log and trace', () => {
    expect(powersOf(api, 'system')).toEqual({ ...tracing, ...ownLogs('system') });
  });

  test('the migration may run statements on the cluster and read the secrets of its logins, and nothing else', () => {
    const secrets = Object.keys(data.named('AWS::SecretsManager::Secret'));
    const [cluster] = Object.keys(data.named('AWS::RDS::DBCluster'));
    const powers = powersOf(data, 'Migration');
    expect({ ...powers, 'secretsmanager:GetSecretValue': powers['secretsmanager:GetSecretValue']?.toSorted() }).toEqual(
      {
        ...tracing,
        ...ownLogs('MigrationFunction'),
        'rds-data:ExecuteStatement': only(`{"Ref":"${cluster}"}`),
        'secretsmanager:GetSecretValue': secrets.map(id => `{"Ref":"${id}"}`).toSorted(),
      },
    );
  });

  test('the re-index may decrypt and make indexes, as the login of customers, and cannot encrypt', () => {
    const [cluster] = Object.keys(data.named('AWS::RDS::DBCluster'));
    expect(powersOf(data, 'SsnReindex')).toEqual({
      ...tracing,
      ...ownLogs('SsnReindex'),
      'rds-data:ExecuteStatement': only(`{"Ref":"${cluster}"}`),
      'secretsmanager:GetSecretValue': only('{"Ref":"DatabasecustomersLoginSecret'),
      'kms:Decrypt': only('{"Fn::GetAtt":["VaultSsnKey'),
      'kms:GenerateMac': only('{"Fn::GetAtt":["VaultSsnIndexKey1'),
    });
  });

  test('post-confirmation may put users of its own pool into groups, and nothing else', () => {
    const [pool] = Object.keys(auth.named('AWS::Cognito::UserPool'));
    expect(powersOf(auth, 'PostConfirmation')).toEqual({
      ...tracing,
      ...ownLogs('PostConfirmationFunction'),
      'cognito-idp:AdminAddUserToGroup': [`{"Fn::GetAtt":["${pool}","Arn"]}`],
    });
  });
});

/** Every `*` in an action or a resource of any policy, and why it is there. */
const reasonedWildcards = [
  {
    where: /^AWS::IAM::Policy /,
    what: /^xray:Put(TraceSegments|TelemetryRecords) on "\*"$/,
    reason: 'X-Ray has no resources to name.',
  },
  {
    where: /^AWS::IAM::Role AWSCDKTriggerCustomResourceProvider/,
    what: /^lambda:InvokeFunction on .*"MigrationFunction\w+","Arn".*":\*"/,
    reason: 'Any version of the one function: the trigger names the version that it is to run.',
  },
  {
    where: /^AWS::KMS::Key DatabaseStorageKey/,
    what: /^kms:\* on "\*"$/,
    reason: "The account's own administration of the ledger's key; RDS makes the grants that it needs through it.",
  },
  {
    where: /^AWS::KMS::Key Vault/,
    what: /^kms:\w+ on "\*"$/,
    reason: "In a key's policy the resource is the key itself, and * is how it is written.",
  },
];

describe('the templates', () => {
  const types = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::SecretsManager::ResourcePolicy'];
  const granted = types.flatMap(type =>
    all
      .flatMap(stack => Object.entries(stack.named(type)))
      .flatMap(([id, { Properties }]) => {
        const { PolicyDocument, Policies, KeyPolicy, ResourcePolicy } = grants.parse(Properties);
        return [PolicyDocument, KeyPolicy, ResourcePolicy, ...Policies.map(inline => inline.PolicyDocument)]
          .flatMap(found => found?.Statement ?? [])
          .flatMap(({ Action, Resource }) =>
            Action.flatMap(action =>
              Resource.map(resource => ({ where: `${type} ${id}`, what: `${action} on ${JSON.stringify(resource)}` })),
            ),
          );
      }),
  );

  test('grant no wildcard without a written reason, and keep no reason for a wildcard that is gone', () => {
    const wild = granted.filter(({ what }) => what.includes('*'));
    const fits = (grant: (typeof wild)[number], known: (typeof reasonedWildcards)[number]) =>
      known.where.test(grant.where) && known.what.test(grant.what);
    expect(wild.filter(grant => !reasonedWildcards.some(known => fits(grant, known)))).toEqual([]);
    expect(reasonedWildcards.filter(known => !wild.some(grant => fits(grant, known)))).toEqual([]);
  });

  test("give no role an AWS managed policy but the CDK's own trigger", () => {
    const managed = all
      .flatMap(stack => Object.entries(stack.named('AWS::IAM::Role')))
      .filter(([, { Properties }]) => Properties.ManagedPolicyArns !== undefined);
    expect(managed.map(([id]) => id)).toEqual([expect.stringMatching(/^AWSCDKTrigger/)]);
  });

  test('let two functions use a key, and one of them encrypt', () => {
    const using = granted.filter(({ where, what }) => what.startsWith('kms:') && !where.startsWith('AWS::KMS::Key'));
    const who = using.map(({ where, what }) => `${where.slice(0, -8)}: ${what.split(' ')[0]}`);
    expect(who.toSorted()).toEqual([
      'AWS::IAM::Policy SsnReindexRoleDefaultPolicy: kms:Decrypt',
      'AWS::IAM::Policy SsnReindexRoleDefaultPolicy: kms:GenerateMac',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:Decrypt',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:Encrypt',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:GenerateMac',
    ]);
  });

  test('let a key be used for a named customer only', () => {
    const statements = [...data.all('AWS::IAM::Policy'), ...api.all('AWS::IAM::Policy')].flatMap(
      ({ Properties }) => policy.parse(Properties).PolicyDocument.Statement,
    );
    const decrypting = statements.filter(({ Action }) => Action.includes('kms:Decrypt'));
    expect(decrypting).toHaveLength(2);
    for (const { Condition } of decrypting) {
      expect(Condition).toEqual({
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
        'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
      });
    }
  });

  test('let each function be called by its own routes only', () => {
    for (const { Properties } of api.all('AWS::Lambda::Permission')) {
      expect(Properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/execute-api.*\/\*\/\*\//);
    }
  });
});
