import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { type LoopbackServer, listenOnLoopback } from '../../local/http-api/loopback-server.ts';
import { functionResource, writeAssembly } from '../local/assembly/fixture.ts';
import { bodies, connect, counts, receive, send } from '../local/sqs/support.ts';
import { expectOneLine, type Finished, run } from '../support/programs.ts';

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type: `AWS::${Type}`, Properties });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const schedule = (name: string, Properties: Record<string, unknown> = {}) =>
  resource('Scheduler::Schedule', {
    Name: `countinghouse-local-${name}`,
    Description: `What ${name} does`,
    ScheduleExpression: 'cron(0 2 * * ? *)',
    ScheduleExpressionTimezone: 'America/New_York',
    Target: {
      Arn: attribute('Nightly', 'Arn'),
      RoleArn: 'arn:role',
      Input: `{"scheduledTime":"<aws.scheduler.scheduled-time>","name":"${name}"}`,
    },
    ...Properties,
  });

const Resources = {
  Dead: resource('SQS::Queue', { QueueName: 'dead' }),
  Events: resource('SQS::Queue', {
    QueueName: 'events',
    RedrivePolicy: { deadLetterTargetArn: attribute('Dead', 'Arn'), maxReceiveCount: 1 },
  }),
  Nightly: functionResource(),
  PostInterest: schedule('post-interest'),
  SealAudit: schedule('seal-audit', { State: 'DISABLED' }),
};
const code = `export const handler = async event => {
  if (event.name === 'seal-audit') throw new Error('the key is disabled');
  return { posted: 2, event };
};`;

let home: string;
let cloud: Cloud;
let api: LoopbackServer;
let client: SQSClient;
let events: string;
let dead: string;

/** A bank that runs, as far as operators' commands need one: a local cloud, and an API that says that it is healthy. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'countinghouse-operators-'));
  const Outputs = {
    EventQueueUrl: { Value: { Ref: 'Events' } },
    EventDeadLetterQueueUrl: { Value: { Ref: 'Dead' } },
    ScheduleDeadLetterQueueUrl: { Value: { Ref: 'Dead' } },
  };
  const assembly = await writeAssembly(
    join(home, 'cdk.out'),
    { bank: { template: { Resources, Outputs } } },
    { 'index.mjs': code },
  );
  api = await listenOnLoopback(createServer((_request, response) => response.end('{"status":"healthy"}')));
  cloud = await startCloud({ assembly, home, databaseUrl: 'postgres://nobody@127.0.0.1:1/none', schedules: false });
  const { endpoints, outputs } = cloud;
  const identity = { endpoint: '', userPoolId: '', userPoolClientId: '' };
  const bank = { apiUrl: api.url, databaseUrl: '', endpoints, outputs, identity };
  await writeFile(join(home, 'running.json'), JSON.stringify(bank));
  client = connect(endpoints.sqs ?? '');
  events = outputs.EventQueueUrl ?? '';
  dead = outputs.EventDeadLetterQueueUrl ?? '';
});
afterAll(async () => {
  client?.destroy();
  await cloud?.close();
  await api?.close();
  await rm(home, { recursive: true, force: true });
});

function operate(command: string, args: string[], bankHome = home): Promise<Finished> {
  return run(process.execPath, [`ops/${command}.ts`, ...args], { BANK_HOME: bankHome });
}

describe('fire', () => {
  test('runs a schedule by the end of its name and prints what its function answers', async () => {
    const before = Date.now();
    const { code, stdout, stderr } = await operate('fire', ['post-interest', '--date', '2026-02-28']);
    expect([code, stderr]).toEqual([0, '']);
    const { posted, event } = JSON.parse(stdout);
    expect([posted, event.name, event.date]).toEqual([2, 'post-interest', '2026-02-28']);
    expect(event.scheduledTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(event.scheduledTime)).toBeGreaterThan(before - 1_000);
  });

  test('fails with the words of a function that fails, of a disabled schedule too', async () => {
    const failed = await operate('fire', ['countinghouse-local-seal-audit']);
    expectOneLine(failed, /countinghouse-local-seal-audit failed: the key is disabled/);
  });

  test('lists the schedules with when they are due', async () => {
    const { code, stdout, stderr } = await operate('fire', ['--list']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'countinghouse-local-post-interest  cron(0 2 * * ? *)  America/New_York  ENABLED   What post-interest does',
      'countinghouse-local-seal-audit     cron(0 2 * * ? *)  America/New_York  DISABLED  What seal-audit does',
    ]);
  });

  test.each([
    [['hourly'], /There is no schedule hourly.*--list/],
    [['post-interest', '--date', '2026-02-30'], /--date is 2026-02-30/],
    [['post-interest', '--date', 'today'], /--date is today/],
    [['post-interest', 'seal-audit'], /One thing at a time/],
    [['post-interest', '--list'], /One thing at a time/],
    [['post-interest', '--dat', 'x'], /--dat.*--help/],
  ])('%j is told in one line', async (args, line) => {
    expectOneLine(await operate('fire', args), line);
  });
});

describe('dlq', () => {
  /** Sends messages to the events' queue that are each given up after one try. */
  async function bury(...messages: string[]): Promise<void> {
    for (const body of messages) await send(client, events, body);
    const count = (await counts(client, dead))[0] ?? 0;
    while ((await counts(client, dead))[0] !== count + messages.length) {
      await receive(client, events, { VisibilityTimeout: 0 });
    }
  }
  const event = (type: string, id: number) => JSON.stringify({ id, type, data: { note: 'private' } });

  beforeEach(async () => {
    for (const QueueUrl of [events, dead]) await client.send(new PurgeQueueCommand({ QueueUrl }));
  });

  test('list shows dead letters without their bodies, and leaves them for others to see at once', async () => {
    await bury(event('TransactionPosted', 1), 'no event\u009b31m');
    const { code, stdout, stderr } = await operate('dlq', ['list']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36} {2}TransactionPosted +\d+s {2}received once$/),
      expect.stringMatching(/^[0-9a-f-]{36} {2}- {16} +\d+s {2}received once$/),
    ]);
    expect(stdout).not.toContain('private');
    expect(await counts(client, dead)).toEqual([2, 0, 0]);
  });

  test('list shows whole bodies to who asks for them, with nothing a terminal would obey, and only so many', async () => {
    await bury(event('TransactionPosted', 1), 'no event\u009b31m');
    const { stdout } = await operate('dlq', ['list', '--bodies']);
    expect(stdout).toContain(`  ${event('TransactionPosted', 1)}\n`);
    expect(stdout).toContain('  no event\\u009b31m\n');
    const one = await operate('dlq', ['list', '--limit', '1']);
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  test('redrive sends all of them back where they came from, and says how many', async () => {
    await bury(...Array.from({ length: 12 }, (_, id) => event('TransactionPosted', id)));
    const { code, stdout } = await operate('dlq', ['redrive']);
    expect([code, stdout]).toEqual([0, '12 sent back to events.\n']);
    expect([await counts(client, dead), await counts(client, events)]).toEqual([
      [0, 0, 0],
      [12, 0, 0],
    ]);
  });

  test('redrive of some moves so many, the oldest first, and can be done again', async () => {
    await bury('first', 'second', 'third');
    const { stdout, stderr } = await operate('dlq', ['redrive', '--limit', '2']);
    expect([stdout, stderr]).toEqual(['2 sent back to events.\n', '2 moved\n']);
    expect(bodies(await receive(client, events)).toSorted()).toEqual(['first', 'second']);
    expect((await operate('dlq', ['redrive'])).stdout).toBe('1 sent back to events.\n');
  });

  test('drop deletes one of a schedule, which nothing takes back, and leaves the others to be seen at once', async () => {
    await bury('{"name":"make-statements"}', '{"name":"reconcile"}');
    const { stdout } = await operate('dlq', ['list', '--queue', 'schedules']);
    const [id = ''] = /^[0-9a-f-]{36}(?= {2}reconcile)/m.exec(stdout) ?? [];
    expect(await operate('dlq', ['drop', '--queue', 'schedules', '--id', id])).toMatchObject({
      code: 0,
      stdout: `${id} dropped.\n`,
    });
    expect(await counts(client, dead)).toEqual([1, 0, 0]);
    expectOneLine(await operate('dlq', ['drop', '--queue', 'schedules', '--id', id]), /There is no dead letter/);
    expectOneLine(await operate('dlq', ['redrive', '--queue', 'schedules']), /came from no queue.*fire/);
  });

  test('of an empty queue says so', async () => {
    for (const command of ['list', 'redrive']) {
      const { code, stdout } = await operate('dlq', [command]);
      expect([code, stdout]).toEqual([0, 'There are no dead letters.\n']);
    }
  });

  test.each([
    [['purge'], /There is no command purge/],
    [['list', 'redrive'], /There is no command redrive/],
    [['list', '--queue', 'mail'], /There is no queue mail: name one of events, work, schedules/],
    [['drop', '--id', 'x'], /Dead letters of events are never dropped/],
    [['drop', '--queue', 'schedules'], /Name the message with --id/],
    [['list', '--limit', '0'], /--limit is 0/],
    [['list', '--stag', 'dev'], /--stag.*--help/],
  ])('%j is told in one line', async (args, line) => {
    expectOneLine(await operate('dlq', args), line);
  });
});

test.each(['fire', 'dlq'])('%s alone, or with --help, tells how to use it', async name => {
  for (const args of [['--help'], []]) {
    const { code, stdout, stderr } = await operate(name, args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: npm run -s /);
  }
});

test.each([
  ['fire', ['--list']],
  ['dlq', ['list']],
])('%s without a bank is told in one line', async (name, args) => {
  expectOneLine(await operate(name, args, join(home, 'nowhere')), /No bank is running here.*--stage/);
});
