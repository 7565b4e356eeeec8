import { describe, expect, test } from 'vitest';
import { type Capability, capabilities } from '../../lambdas/runtime/route.ts';
import { powersOf, statementsOf } from './policies.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const { data, auth, workers, schedules, api } = synthesisedBank('prod', {
  changes: { emailSender: 'bank@demo.example' },
});
const tracing = {
  'xray:PutTraceSegments': ['"*"'],
  'xray:PutTelemetryRecords': ['"*"'],
};

const only = (text: string) => [expect.stringContaining(text)];
const ownLogs = (name: string) => ({
  'logs:CreateLogStream': only(`"${name}Logs`),
  'logs:PutLogEvents': only(`"${name}Logs`),
});

const each = (...texts: string[]) => texts.map(text => expect.stringContaining(text));
const database = (login: string) => ({
  'rds-data:ExecuteStatement': only('ExportsOutputRefDatabaseCluster'),
  'secretsmanager:GetSecretValue': only(`ExportsOutputRefDatabase${login}LoginSecret`),
});
const eventKey = 'ExportsOutputFnGetAttEventKey';
const sending = {
  'sqs:SendMessage': only('ExportsOutputFnGetAttEventQueue'),
  'kms:GenerateDataKey': only(eventKey),
  'kms:Decrypt': only(eventKey),
};
const notifying = {
  'sns:Publish': each(
    'Notificationsaccountchanged',
    'Notificationsaccountfrozen',
    'Notificationslargedebit',
    'Notificationsprofilechanged',
    'Notificationsstandingorderfailed',
    'Notificationstransferblocked',
  ),
  'ses:SendEmail': each(':identity/bank@demo.example"', ':identity/demo.example"'),
};

/** What some capabilities may do beside what all of them may. */
const ofTheirOwn: Partial<Record<Capability, Record<string, unknown>>> = {
  customers: {
    'kms:Encrypt': only('ExportsOutputFnGetAttVaultSsnKey'),
    'kms:Decrypt': each(eventKey, 'ExportsOutputFnGetAttVaultSsnKey'),
    'kms:GenerateMac': only('ExportsOutputFnGetAttVaultSsnIndexKey1'),
  },
  users: {
    'cognito-idp:AdminDisableUser': only('ExportsOutputFnGetAttUserPool'),
    'cognito-idp:AdminEnableUser': only('ExportsOutputFnGetAttUserPool'),
    'cognito-idp:AdminUserGlobalSignOut': only('ExportsOutputFnGetAttUserPool'),
  },
  audit: {
    's3:GetObject': [expect.stringMatching(/ExportsOutputFnGetAttAuditArchiveBucket\w+"\},"\/\*"/)],
    's3:ListBucket': only('ExportsOutputFnGetAttAuditArchiveBucket'),
    'kms:Decrypt': each(eventKey, 'ExportsOutputFnGetAttAuditArchiveKey'),
    'kms:GetPublicKey': only('ExportsOutputFnGetAttAuditSealKey'),
  },
};

describe('the functions', () => {
  test.each(capabilities.filter(capability => capability !== 'system'))(
    '%s may run statements on the cluster as its own login and send their events, and nothing else',
    capability => {
      expect(powersOf(api, capability)).toEqual({
        ...tracing,
        ...ownLogs(capability),
        ...database(capability),
        ...sending,
        ...ofTheirOwn[capability],
      });
    },
  );

  test('the worker may take events, send those that it makes, and notify, and nothing else', () => {
    expect(powersOf(workers, 'EventWorker')).toEqual({
      ...tracing,
      ...ownLogs('EventWorker'),
      ...database('workers'),
      ...sending,
      ...notifying,
      'sqs:ReceiveMessage': only('ExportsOutputFnGetAttEventQueue'),
      'sqs:DeleteMessage': only('ExportsOutputFnGetAttEventQueue'),
      'sqs:GetQueueAttributes': only('ExportsOutputFnGetAttEventQueue'),
      'kms:GenerateDataKey': each(eventKey, 'ExportsOutputFnGetAttNotificationsKey'),
      'kms:Decrypt': each(eventKey, 'ExportsOutputFnGetAttNotificationsKey'),
    });
  });

  const workKey = 'ExportsOutputFnGetAttWorkKey';

  test('the worker on jobs may take and hand on parts of jobs, and nothing else', () => {
    expect(powersOf(workers, 'JobWorker')).toEqual({
      ...tracing,
      ...ownLogs('JobWorker'),
      ...database('workers'),
      'sqs:SendMessage': only('ExportsOutputFnGetAttWorkQueue'),
      'sqs:ReceiveMessage': only('ExportsOutputFnGetAttWorkQueue'),
      'sqs:DeleteMessage': only('ExportsOutputFnGetAttWorkQueue'),
      'sqs:GetQueueAttributes': only('ExportsOutputFnGetAttWorkQueue'),
      'kms:GenerateDataKey': only(workKey),
      'kms:Decrypt': only(workKey),
    });
  });

  // Each may leave what it failed on in the dead-letter queue.
  const [deadLetters, deadLettersKey] = ['"Fn::GetAtt":["DeadLetters', '"Fn::GetAtt":["DeadLettersKey'];
  const scheduled = (name: string) => ({ ...tracing, ...ownLogs(name), ...database('schedules') });

  test('the relay may send events, and nothing else', () => {
    expect(powersOf(schedules, 'RelayEvents')).toEqual({
      ...scheduled('RelayEvents'),
      'sqs:SendMessage': each(deadLetters, 'ExportsOutputFnGetAttEventQueue'),
      'kms:GenerateDataKey': each(deadLettersKey, eventKey),
      'kms:Decrypt': each(deadLettersKey, eventKey),
    });
  });

  test.each(['AccrueInterest', 'CapitaliseInterest', 'ChargeFees'])(
    '%s may hand parts over, and nothing else',
    name => {
      expect(powersOf(schedules, name)).toEqual({
        ...scheduled(name),
        'sqs:SendMessage': each(deadLetters, 'ExportsOutputFnGetAttWorkQueue'),
        'kms:GenerateDataKey': each(deadLettersKey, workKey),
        'kms:Decrypt': each(deadLettersKey, workKey),
      });
    },
  );

  test('the sender of notifications may notify, and nothing else', () => {
    expect(powersOf(schedules, 'SendNotifications')).toEqual({
      ...scheduled('SendNotifications'),
      ...notifying,
      'sqs:SendMessage': only(deadLetters),
      'kms:GenerateDataKey': each(deadLettersKey, 'ExportsOutputFnGetAttNotificationsKey'),
      'kms:Decrypt': each(deadLettersKey, 'ExportsOutputFnGetAttNotificationsKey'),
    });
  });

  test('the sealer may sign seals and put them into the archive, and cannot remove one', () => {
    expect(powersOf(schedules, 'SealAudit')).toEqual({
      ...scheduled('SealAudit'),
      's3:PutObject': only('ExportsOutputFnGetAttAuditArchiveBucket'),
      's3:GetObject': only('ExportsOutputFnGetAttAuditArchiveBucket'),
      's3:ListBucket': only('ExportsOutputFnGetAttAuditArchiveBucket'),
      'kms:Sign': only('ExportsOutputFnGetAttAuditSealKey'),
      'kms:GetPublicKey': only('ExportsOutputFnGetAttAuditSealKey'),
      'sqs:SendMessage': only(deadLetters),
      'kms:GenerateDataKey': each(deadLettersKey, 'ExportsOutputFnGetAttAuditArchiveKey'),
      'kms:Decrypt': each(deadLettersKey, 'ExportsOutputFnGetAttAuditArchiveKey'),
    });
  });

  test('the maker of statements may put them into their archive and read them, and cannot remove one', () => {
    expect(powersOf(schedules, 'MakeStatements')).toEqual({
      ...scheduled('MakeStatements'),
      's3:PutObject': only('ExportsOutputFnGetAttStatementArchiveBucket'),
      's3:GetObject': only('ExportsOutputFnGetAttStatementArchiveBucket'),
      'sqs:SendMessage': only(deadLetters),
      'kms:GenerateDataKey': each(deadLettersKey, 'ExportsOutputFnGetAttStatementArchiveKey'),
      'kms:Decrypt': each(deadLettersKey, 'ExportsOutputFnGetAttStatementArchiveKey'),
    });
  });

  test('nobody mails where the stage has no sender, and elsewhere only as that', () => {
    const silent = synthesisedBank('prod', { changes: { emailSender: '' } });
    for (const stack of silent.all) {
      expect(JSON.stringify(stack.json())).not.toContain('ses:');
    }
    const mailing = [...workers.all('AWS::IAM::Policy'), ...schedules.all('AWS::IAM::Policy')]
      .flatMap(({ Properties }) => statementsOf(Properties))
      .filter(({ Action }) => Action.includes('ses:SendEmail'));
    const asSender = { StringEquals: { 'ses:FromAddress': 'bank@demo.example' } };
    expect(mailing.map(({ Condition }) => Condition)).toEqual([asSender, asSender]);
  });

  test('system may do nothing but log and trace', () => {
    expect(powersOf(api, 'system')).toEqual({ ...tracing, ...ownLogs('system') });
  });

  const [cluster] = Object.keys(data.named('AWS::RDS::DBCluster'));
  const clusterArn = only(`{"Ref":"${cluster}"}`);
  const ownersSecret = `{"Fn::GetAtt":["${cluster}","MasterUserSecret.SecretArn"]}`;
  const [probes, logins] = [true, false].map(ofProbe =>
    Object.keys(data.named('AWS::SecretsManager::Secret'))
      .filter(id => id.startsWith('RotationProbe') === ofProbe)
      .map(id => `{"Ref":"${id}"}`),
  ) as [string[], string[]];
  const sorted = (powers: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(powers).map(([action, resources]) => [action, resources.toSorted()]));

  test('the migration may run statements on the cluster and read the secrets of its logins, and nothing else', () => {
    expect(sorted(powersOf(data, 'Migration'))).toEqual({
      ...tracing,
      ...ownLogs('MigrationFunction'),
      'rds-data:ExecuteStatement': clusterArn,
      'secretsmanager:GetSecretValue': [ownersSecret, ...logins].toSorted(),
    });
  });

  test('the rotation may replace what the secrets of logins hold, as the owner of the database, and nothing else', () => {
    expect(sorted(powersOf(data, 'Rotation'))).toEqual({
      ...tracing,
      ...ownLogs('RotationFunction'),
      'rds-data:ExecuteStatement': clusterArn,
      'secretsmanager:GetSecretValue': [ownersSecret, ...probes, ...logins].toSorted(),
      'secretsmanager:PutSecretValue': [...probes, ...logins].toSorted(),
      'secretsmanager:DescribeSecret': logins.toSorted(),
      'secretsmanager:UpdateSecretVersionStage': logins.toSorted(),
    });
  });

  test('the re-index may decrypt and make indexes, as the login of customers, and cannot encrypt', () => {
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
