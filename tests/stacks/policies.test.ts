import { describe, expect, test } from 'vitest';
import { statementsIn } from './policies.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const { api, all } = synthesisedBank('prod');

/** Every `*` in an action or a resource of any policy, and why it is there. */
const reasonedWildcards = [
  {
    where: /^AWS::IAM::Policy /,
    what: /^xray:Put(TraceSegments|TelemetryRecords) on "\*"$/,
    reason: 'X-Ray has no resources to name.',
  },
  {
    where: /^AWS::IAM::Policy DeploymentsRole/,
    what: /^cloudwatch:DescribeAlarms on "\*"$/,
    reason: 'It reads only, and less than * does not show every kind of alarm.',
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
    where: /^AWS::IAM::Policy (audit|SealAudit)Role/,
    what: /^s3:(Get|Put)Object on .*AuditArchiveBucket.*"\/\*"/,
    reason: 'Every object of the one bucket, in which there are seals and nothing else.',
  },
  {
    where: /^AWS::IAM::Policy MakeStatementsRole/,
    what: /^s3:(Get|Put)Object on .*StatementArchiveBucket.*"\/\*"/,
    reason: 'Every object of the one bucket, in which there are statements and nothing else.',
  },
  {
    where:
      /^AWS::KMS::Key (Vault|AuditSealKey|AuditArchiveKey|StatementArchiveKey|EventKey|WorkKey|NotificationsKey|DeadLettersKey|AlarmsKey)/,
    what: /^kms:\w+ on "\*"$/,
    reason: "In a key's policy the resource is the key itself, and * is how it is written.",
  },
];

const through = (service: string) => ({
  StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
});
/** On what condition each key decrypts. */
const conditions: Record<string, unknown> = {
  VaultSsnKey: {
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
    'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
  },
  AuditArchiveKey: through('s3'),
  StatementArchiveKey: through('s3'),
  NotificationsKey: through('sns'),
  EventKey: through('sqs'),
  WorkKey: through('sqs'),
  DeadLettersKey: through('sqs'),
};

describe('the templates', () => {
  const granted = statementsIn(all)
    .filter(({ statement }) => statement.Effect === 'Allow')
    .flatMap(({ where, statement: { Action, Resource } }) =>
      Action.flatMap(action => Resource.map(resource => ({ where, what: `${action} on ${JSON.stringify(resource)}` }))),
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

  /** Who may use keys, by IAM. */
  const using = statementsIn(all).filter(
    ({ where, statement: { Action } }) =>
      !where.startsWith('AWS::KMS::Key') && Action.some(action => action.startsWith('kms:')),
  );

  test('let two functions use the keys of social security numbers, and one of them encrypt', () => {
    const vault = using.filter(({ statement }) => JSON.stringify(statement.Resource).includes('VaultSsn'));
    const who = vault.flatMap(({ where, statement }) =>
      statement.Action.map(action => `${where.slice(0, -8)}: ${action}`),
    );
    expect(who.toSorted()).toEqual([
      'AWS::IAM::Policy SsnReindexRoleDefaultPolicy: kms:Decrypt',
      'AWS::IAM::Policy SsnReindexRoleDefaultPolicy: kms:GenerateMac',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:Decrypt',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:Encrypt',
      'AWS::IAM::Policy customersRoleDefaultPolicy: kms:GenerateMac',
    ]);
  });

  test('let a key decrypt for a named customer, or through the service that keeps what was encrypted, and not otherwise', () => {
    const decrypting = using.filter(({ statement }) => statement.Action.includes('kms:Decrypt'));
    expect(decrypting.length).toBeGreaterThan(2);
    for (const { statement } of decrypting) {
      const key =
        /(VaultSsnKey|AuditArchiveKey|StatementArchiveKey|NotificationsKey|EventKey|WorkKey|DeadLettersKey)/.exec(
          JSON.stringify(statement.Resource),
        );
      expect(statement.Condition).toEqual(conditions[key?.[1] ?? 'none']);
    }
  });

  test('let one function sign a seal', () => {
    const signing = using.filter(({ statement }) => statement.Action.includes('kms:Sign'));
    expect(signing.map(({ where }) => where)).toEqual([expect.stringMatching(/^AWS::IAM::Policy SealAuditRole/)]);
  });

  test('let each function be called by its own routes only', () => {
    for (const { Properties } of api.all('AWS::Lambda::Permission')) {
      expect(Properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/execute-api.*\/\*\/\*\//);
    }
  });
});
