import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { defaultPool } from '../../local/cognito/serve-cognito.ts';
import { functionResource, writeAssembly } from '../local/assembly/fixture.ts';
import { localAssembly } from '../support/assembly.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';
import { command, expectOneLine, family, killGroup, start, survivors } from '../support/programs.ts';

/** An app with a schedule that is never due. */
const scheduledApp = {
  Nightly: functionResource({ FunctionName: 'nightly' }),
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'nightly',
      ScheduleExpression: 'at(2000-01-01T00:00:00)',
      Target: { Arn: { 'Fn::GetAtt': ['Nightly', 'Arn'] }, RoleArn: 'arn:role' },
    },
  },
};

let folder: string;
let app: string;
let database: TestDatabase;
beforeAll(async () => {
  [folder, database] = await Promise.all([mkdtemp(join(tmpdir(), 'countinghouse-standalone-')), freshDatabase()]);
  app = await writeAssembly(join(folder, 'app'), { bank: { template: { Resources: scheduledApp } } });
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** How an SDK client reaches a service that listens at a URL. */
function at(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };
}

/** Serves one part with `npm run -s local`. @returns its address as it is printed, and what ends it. */
async function serve(part: string, options: string[] = []) {
  const program = start('npm', ['run', '-s', 'local', '--', part, '--port', '0', ...options], { BANK_HOME: folder });
  onTestFinished(() => killGroup(program));
  const [, url = ''] = await program.printed(new RegExp(`^${part} listens at (\\S+) `, 'm'));
  const end = async (how: NodeJS.Signals, group: boolean) => {
    const processes = await family(program.pid);
    process.kill(group ? -program.pid : program.pid, how);
    return survivors(processes);
  };
  return { url, end };
}

interface Part {
  part: string;
  options: () => string[];
  /** Asks something of the service with the SDK's own client. */
  use(url: string): Promise<void>;
}

const parts: Part[] = [
  {
    part: 'data-api',
    options: () => ['--database-url', database.url],
    async use(url) {
      const { records } = await new RDSDataClient(at(url)).send(
        new ExecuteStatementCommand({
          resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:any',
          secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:any',
          sql: 'select current_database()::text, :amount::numeric + 1',
          parameters: [{ name: 'amount', value: { stringValue: '1.10' } }],
        }),
      );
      expect(records).toEqual([[{ stringValue: database.name }, { stringValue: '2.10' }]]);
    },
  },
  {
    part: 'cognito',
    options: () => ['--directory', join(folder, 'cognito')],
    async use(url) {
      const client = new CognitoIdentityProviderClient(at(url));
      const who = { UserPoolId: defaultPool.id, Username: 'carol@demo.example' };
      const Password = 'Corr3ct-horse!';
      await client.send(new AdminCreateUserCommand({ ...who, MessageAction: 'SUPPRESS' }));
      await client.send(new AdminSetUserPasswordCommand({ ...who, Password, Permanent: true }));
      const { AuthenticationResult } = await client.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: defaultPool.clients[0]?.id,
          AuthParameters: { USERNAME: who.Username, PASSWORD: Password },
        }),
      );
      expect(decodeJwt(String(AuthenticationResult?.AccessToken)).token_use).toBe('access');
    },
  },
  {
    part: 'secrets-manager',
    options: () => ['--directory', join(folder, 'secrets')],
    async use(url) {
      const client = new SecretsManagerClient(at(url));
      await client.send(new CreateSecretCommand({ Name: 'a-secret', SecretString: 'kept' }));
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'a-secret' }));
      expect(SecretString).toBe('kept');
    },
  },
  {
    part: 'kms',
    options: () => ['--directory', folder],
    async use(url) {
      const client = new KMSClient(at(url));
      const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from('kept') }),
      );
      const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob }));
      expect(Buffer.from(Plaintext ?? '').toString()).toBe('kept');
    },
  },
  {
    part: 'sqs',
    options: () => ['--directory', folder],
    async use(url) {
      const client = new SQSClient(at(url));
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'events' }));
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
      const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      expect(Messages?.map(({ Body }) => Body)).toEqual(['kept']);
    },
  },
  {
    part: 'sns',
    options: () => ['--directory', folder],
    async use(url) {
      const client = new SNSClient(at(url));
      const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'alerts' }));
      const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message: 'heard' }));
      expect(MessageId).toBeTruthy();
    },
  },
  {
    part: 's3',
    options: () => ['--directory', folder],
    async use(url) {
      const client = new S3Client(at(url));
      await client.send(new CreateBucketCommand({ Bucket: 'seals' }));
      await client.send(new PutObjectCommand({ Bucket: 'seals', Key: 'k', Body: 'kept' }));
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'seals', Key: 'k' }));
      expect(await Body?.transformToString()).toBe('kept');
    },
  },
  {
    part: 'ses',
    options: () => [],
    async use(url) {
      const { MessageId } = await new SESv2Client(at(url)).send(
        new SendEmailCommand({
          FromEmailAddress: 'bank@bank.test',
          Destination: { ToAddresses: ['alice@bank.test'] },
          Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 'b' } } } },
        }),
      );
      expect(MessageId).toBeTruthy();
    },
  },
  {
    part: 'scheduler',
    options: () => ['--assembly', app],
    async use(url) {
      const { Schedules } = await new SchedulerClient(at(url)).send(new ListSchedulesCommand({}));
      expect(Schedules?.map(({ Name }) => Name)).toEqual(['nightly']);
    },
  },
];

describe.each(parts)('$part alone', ({ part, options, use }) => {
  test('prints its address, answers the SDK, and ends at SIGTERM with no process left', async () => {
    const service = await serve(part, options());
    await use(service.url);
    expect(await service.end('SIGTERM', false)).toEqual([]);
    await expect(fetch(service.url)).rejects.toThrow();
  });

  test('ends at Ctrl-C, with a client still connected', async () => {
    const service = await serve(part, options());
    await fetch(service.url);
    expect(await service.end('SIGINT', true)).toEqual([]);
  });

  test('tells of a port that is taken in one line', async () => {
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    const other = createServer().listen(0, '127.0.0.1', resolve);
    onTestFinished(() => void other.close());
    await listening;
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const refused = await command('cli', [part, '--port', port, ...options()], { BANK_HOME: folder });
    expectOneLine(refused, new RegExp(`Port ${port} is taken.*--port`));
  });
});

test('a synthesised app is hosted on the PostgreSQL that stands alone', async () => {
  const postgres = await serve('postgres', ['--directory', folder]);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('create database app');
  await client.end();

  const databaseUrl = postgres.url.replace(/\/postgres$/, '/app');
  const cloud = await serve('cloud', [
    '--database-url',
    databaseUrl,
    '--assembly',
    await localAssembly(),
    '--directory',
    folder,
  ]);
  expect(await (await fetch(`${cloud.url}/health`)).json()).toEqual({ status: 'healthy' });
  expect((await fetch(`${cloud.url}/accounts`)).status).toBe(401);
  expect(await cloud.end('SIGTERM', false)).toEqual([]);
  expect(await postgres.end('SIGTERM', false)).toEqual([]);
});

test('what a secrets manager was told is there when it starts again on the same folder', async () => {
  const options = ['--directory', join(folder, 'kept')];
  const first = await serve('secrets-manager', options);
  await new SecretsManagerClient(at(first.url)).send(new CreateSecretCommand({ Name: 'b', SecretString: 'kept' }));
  await first.end('SIGKILL', true);
  const second = await serve('secrets-manager', options);
  const { SecretString } = await new SecretsManagerClient(at(second.url)).send(
    new GetSecretValueCommand({ SecretId: 'b' }),
  );
  expect(SecretString).toBe('kept');
});

test.each([
  { what: 'a part that does not exist', options: ['sqss'], line: /sqss.*--help/ },
  { what: 'an option that does not exist', options: ['cognito', '--prot', '1'], line: /--prot.*--help/ },
  { what: 'a port that is no number', options: ['cognito', '--port', 'http'], line: /--port is http/ },
  { what: 'a port out of range', options: ['cognito', '--port', '65536'], line: /--port is 65536/ },
  { what: 'a port without its number', options: ['cognito', '--port'], line: /--port.*--help/ },
  { what: 'the Data API without a database', options: ['data-api'], line: /--database-url postgres:/ },
  { what: 'a database URL that is none', options: ['data-api', '--database-url', 'nonsense'], line: /--database-url/ },
  { what: 'schedules of a folder without an app', options: ['scheduler', '--assembly', 'docs'], line: /docs holds no/ },
  { what: 'a folder without an app', options: ['cloud', '--assembly', 'docs'], line: /docs holds no.*--assembly/ },
  { what: 'a word too many', options: ['cognito', 'secrets-manager'], line: /secrets-manager.*--help/ },
])('$what is told in one line', async ({ options, line }) => {
  const program = start(process.execPath, ['local/cli.ts', ...options], { BANK_HOME: folder });
  onTestFinished(() => killGroup(program));
  const served = program.printed(/listens at/).then(
    () => killGroup(program),
    () => undefined,
  );
  const finished = await program.ended;
  await served;
  expectOneLine(finished, line);
});

test('without a command it tells how to use it', async () => {
  const { code, stdout, stderr } = await command('cli', [], { BANK_HOME: folder });
  expect([code, stderr]).toEqual([0, '']);
  expect(parts.filter(({ part }) => !stdout.includes(part))).toEqual([]);
});
