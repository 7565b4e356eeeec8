import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { type StackTemplate, synthesisedBank } from './synthesised-bank.ts';

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(schema));
const statement = z.object({ Effect: z.string(), Action: oneOrMany(z.string()), Resource: oneOrMany(z.unknown()) });
const policy = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });

const { data, api, all } = synthesisedBank('prod');
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
      });
    },
  );

  test('system may do nothing but log and trace', () => {
    expect(powersOf(api, 'system')).toEqual({ ...tracing, ...ownLogs('system') });
  });

  test('the migration may run statements on the cluster and read the secrets of its logins, and nothing else', () => {
    const secrets = Object.keys(data.named('AWS::SecretsManager::Secret'));
    const [cluster] = Object.keys(data.named('AWS::RDS::DBCluster'));
    expect(powersOf(data, 'Migration')).toEqual({
      ...tracing,
      ...ownLogs('MigrationFunction'),
      'rds-data:ExecuteStatement': only(`{"Ref":"${cluster}"}`),
      'secretsmanager:GetSecretValue': secrets.map(id => `{"Ref":"${id}"}`),
    });
  });
});

describe('the templates', () => {
  test('grant no wildcard but to X-Ray, which has no resources to name', () => {
    const statements = all
      .flatMap(stack => stack.all('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => policy.parse(Properties).PolicyDocument.Statement);
    const wild = statements.filter(
      ({ Action, Resource }) => Resource.includes('*') || Action.some(action => action.includes('*')),
    );
    expect(wild.length).toBeGreaterThan(0);
    for (const { Action } of wild) {
      expect(Action.filter(action => !(action in tracing))).toEqual([]);
    }
  });

  test("give no role an AWS managed policy but the CDK's own trigger", () => {
    const managed = all
      .flatMap(stack => Object.entries(stack.named('AWS::IAM::Role')))
      .filter(([, { Properties }]) => Properties.ManagedPolicyArns !== undefined);
    expect(managed.map(([id]) => id)).toEqual([expect.stringMatching(/^AWSCDKTrigger/)]);
  });

  test('let nobody decrypt', () => {
    const documents = all.flatMap(stack => stack.all('AWS::IAM::Policy'));
    expect(JSON.stringify(documents)).not.toContain('kms:');
  });

  test('let each function be called by its own routes only', () => {
    for (const { Properties } of api.all('AWS::Lambda::Permission')) {
      expect(Properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/execute-api.*\/\*\/\*\//);
    }
  });
});
