import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Cloud, type CloudOptions, startCloud } from '../../local/cloud.ts';
import { until } from '../../local/postgres/processes.ts';
import { functionResource, temporaryFolder, writeAssembly } from './assembly/fixture.ts';
import { bodies, connect, counts, receive, send } from './sqs/support.ts';

/** Talks to services as the SDK does, without it: the fixture's code is not bundled. What functions print is in the log. */
const code = `
const headers = { authorization: 'signed' };
const email = (to, subject) => fetch(process.env.AWS_ENDPOINT_URL_SESV2 + '/v2/email/outbound-emails', {
  method: 'POST',
  headers,
  body: JSON.stringify({
    FromEmailAddress: 'bank@bank.test',
    Destination: { ToAddresses: [to] },
    Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Dear customer' } } } },
  }),
});
const publish = Message => fetch(process.env.AWS_ENDPOINT_URL_SNS, {
  method: 'POST',
  headers,
  body: new URLSearchParams({ Action: 'Publish', TopicArn: process.env.TOPIC, Message }),
});
export const worker = async ({ Records }) => {
  for (const { body } of Records) console.log('worked on ' + body);
  if (Records.some(({ body }) => body === 'slow')) await new Promise(resolve => setTimeout(resolve, 60_000));
  if (Records.some(({ body }) => body === 'email')) await email('alice@bank.test', 'Hello');
  if (Records.some(({ body }) => body === 'publish')) await publish('from the worker');
  const failed = Records.filter(({ body }) => body === 'poison');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
export const scheduled = async event => {
  console.log('ran ' + event.name);
  if (event.fail) throw new Error('told to fail');
  return { event, queue: process.env.QUEUE, sqs: process.env.AWS_ENDPOINT_URL_SQS };
};
export const subscriber = async ({ Records }) => console.log('heard ' + Records[0].Sns.Message);
`;

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type: `AWS::${Type}`, Properties });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const schedule = (name: string, ScheduleExpression: string) =>
  resource('Scheduler::Schedule', {
    Name: `bank-local-${name}`,
    ScheduleExpression,
    Target: {
      Arn: attribute('Scheduled', 'Arn'),
      RoleArn: 'arn:role',
      Input: `{"scheduledTime":"<aws.scheduler.scheduled-time>","name":"${name}","queue":"queue"}`,
      RetryPolicy: { MaximumRetryAttempts: 0 },
      DeadLetterConfig: { Arn: attribute('Dead', 'Arn') },
    },
  });

/** A queue whose dead letters are kept, its worker, a topic with two subscribers, and schedules. */
function template(schedules: Record<string, unknown> = {}) {
  const Variables = { QUEUE: { Ref: 'Events' }, TOPIC: { Ref: 'Topic' } };
  return {
    Resources: {
      Dead: resource('SQS::Queue', { QueueName: 'dead' }),
      Events: resource('SQS::Queue', {
        QueueName: 'events',
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: attribute('Dead', 'Arn'), maxReceiveCount: 2 },
      }),
      Copies: resource('SQS::Queue', { QueueName: 'copies' }),
      Topic: resource('SNS::Topic', { TopicName: 'alerts' }),
      ToQueue: resource('SNS::Subscription', {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'sqs',
        Endpoint: attribute('Copies', 'Arn'),
        RawMessageDelivery: true,
      }),
      ToFunction: resource('SNS::Subscription', {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'lambda',
        Endpoint: attribute('Subscriber', 'Arn'),
      }),
      Bucket: resource('S3::Bucket', { BucketName: 'seals', ObjectLockEnabled: true }),
      Worker: functionResource({ Handler: 'index.worker', Timeout: 90, Environment: { Variables } }),
      Scheduled: functionResource({ Handler: 'index.scheduled', Environment: { Variables } }),
      Subscriber: functionResource({ Handler: 'index.subscriber' }),
      Mapping: resource('Lambda::EventSourceMapping', {
        EventSourceArn: attribute('Events', 'Arn'),
        FunctionName: { Ref: 'Worker' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
      ...schedules,
    },
    Outputs: { EventQueueUrl: { Value: { Ref: 'Events' } }, DeadQueueUrl: { Value: { Ref: 'Dead' } } },
  };
}

interface Running {
  cloud: Cloud;
  client: SQSClient;
  queue: string;
  dead: string;
  lines: string[];
  notifications: string[];
  home: string;
  /** Waits until a line of the log has this text. */
  logged(text: string): Promise<boolean>;
}

async function start(options: Partial<CloudOptions> = {}, schedules: Record<string, unknown> = {}): Promise<Running> {
  const home = options.home ?? (await temporaryFolder());
  const stacks = { bank: { template: template(schedules) } };
  const assembly = await writeAssembly(await temporaryFolder(), stacks, { 'index.mjs': code });
  const lines: string[] = [];
  const notifications: string[] = [];
  const cloud = await startCloud({
    assembly,
    home,
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    log: line => lines.push(line),
    onNotification: line => notifications.push(line),
    ...options,
  });
  const client = connect(cloud.endpoints.sqs ?? '');
  onTestFinished(async () => {
    client.destroy();
    await cloud.close();
  });
  const { EventQueueUrl: queue = '', DeadQueueUrl: dead = '' } = cloud.outputs;
  const logged = (text: string) => until(() => lines.some(line => line.includes(text)), 10_000);
  return { cloud, client, queue, dead, lines, notifications, home, logged };
}

describe('a queue of the local cloud', () => {
  test('is where its URL says, in outputs and environments, and its messages reach the function', async () => {
    const { cloud, client, queue, logged } = await start();
    expect(queue).toBe(`${cloud.endpoints.sqs}/000000000000/events`);
    const { payload } = await cloud.invoke('Scheduled', {});
    expect(payload).toMatchObject({ queue, sqs: cloud.endpoints.sqs });
    await send(client, queue, 'hello');
    expect(await logged('worked on hello')).toBe(true);
    expect(await until(async () => (await counts(client, queue)).every(count => count === 0), 5_000)).toBe(true);
  });

  test('gives a poison message up to its dead-letter queue', async () => {
    const { client, queue, dead } = await start();
    await send(client, queue, 'poison');
    expect(await until(async () => (await counts(client, dead))[0] === 1, 10_000)).toBe(true);
  });

  test('keeps its messages while its function is paused, from one start to the next', async () => {
    const home = await temporaryFolder();
    const first = await start({ home });
    await first.cloud.pauseEventSource('Worker');
    await send(first.client, first.queue, 'later');
    await first.cloud.close();
    expect(first.lines.join()).not.toContain('worked on later');
    const second = await start({ home });
    expect(await second.logged('worked on later')).toBe(true);
  });

  test('can be away for a while and come back at the same address with what it held', async () => {
    const { cloud, client, queue, logged } = await start();
    await cloud.pauseEventSource('Worker');
    await send(client, queue, 'kept');
    await cloud.stopService('sqs');
    await cloud.stopService('sqs');
    await expect(send(client, queue, 'lost')).rejects.toThrow();
    cloud.resumeEventSource('Worker');
    expect(await logged('does not answer')).toBe(true);
    await cloud.startService('sqs');
    expect(await logged('worked on kept')).toBe(true);
    await expect(cloud.stopService('kms')).rejects.toThrow('only sqs, sns, s3, sesv2 can be stopped');
    await expect(cloud.pauseEventSource('Scheduled')).rejects.toThrow('no event source invokes');
  });

  test('does not keep a cloud from closing while its function takes its time', async () => {
    const { cloud, client, queue, logged } = await start();
    await send(client, queue, 'slow');
    expect(await logged('worked on slow')).toBe(true);
    const began = performance.now();
    await cloud.close();
    expect(performance.now() - began).toBeLessThan(6_000);
  });
});

test('what functions send to people is a file in the outbox and one line, and reaches a topic’s subscribers', async () => {
  const { cloud, client, queue, notifications, home, logged } = await start();
  await send(client, queue, 'email');
  await send(client, queue, 'publish');
  expect(await until(() => notifications.length === 2, 10_000)).toBe(true);
  expect(notifications.toSorted()).toEqual(['email to alice@bank.test: Hello', 'sns to alerts: from the worker']);
  const names = await readdir(join(home, 'outbox'));
  const texts = await Promise.all(names.map(name => readFile(join(home, 'outbox', name), 'utf8')));
  expect(texts.join()).toContain('To: alice@bank.test\nSubject: Hello\n\nDear customer');
  const copies = `${cloud.endpoints.sqs}/000000000000/copies`;
  expect(bodies(await receive(client, copies, { WaitTimeSeconds: 5 }))).toEqual(['from the worker']);
  expect(await logged('heard from the worker')).toBe(true);
});

describe('a schedule of the local cloud', () => {
  const at = (seconds: number) => {
    const due = new Date(Math.ceil(Date.now() / 1_000 + seconds) * 1_000);
    return { due, expression: `at(${due.toISOString().slice(0, 19)})` };
  };

  test('runs when it is due, once the cloud is open, and never for what came before', async () => {
    const early = at(0);
    const late = at(10);
    const { lines, logged } = await start(
      { beforeOpening: async () => void (await until(() => Date.now() > early.due.getTime(), 5_000)) },
      { Early: schedule('early', early.expression), Late: schedule('late', late.expression) },
    );
    expect(await until(() => Date.now() > late.due.getTime(), 12_000)).toBe(true);
    expect(await logged('ran late')).toBe(true);
    expect(lines.join()).not.toContain('ran early');
  });

  test('does not run where nobody wants it to', async () => {
    const soon = at(1);
    const { lines } = await start({ schedules: false }, { Soon: schedule('soon', soon.expression) });
    await until(() => Date.now() > soon.due.getTime() + 500, 5_000);
    expect(lines.join()).not.toContain('ran soon');
  });

  test('that fails goes to its dead-letter queue', async () => {
    const soon = at(2);
    const Failing = schedule('failing', soon.expression);
    Failing.Properties.Target = { ...(Failing.Properties.Target as object), Input: '{"name":"failing","fail":true}' };
    const { client, dead } = await start({}, { Failing });
    const [letter] = await receive(client, dead, { WaitTimeSeconds: 15 });
    expect(letter?.Body).toBe('{"name":"failing","fail":true}');
    expect(letter?.MessageAttributes?.ERROR_MESSAGE?.StringValue).toBe('told to fail');
  });

  test('can be fired by hand, by the end of its name and with members of its own', async () => {
    const { cloud } = await start({}, { Nightly: schedule('nightly', 'cron(0 2 * * ? *)') });
    const { payload } = await cloud.fire('nightly', { date: '2026-02-28' });
    expect(payload).toMatchObject({ event: { name: 'nightly', date: '2026-02-28' } });
    const { functionError } = await cloud.fire('nightly', { fail: true });
    expect(functionError).toBe('Unhandled');
    await expect(cloud.fire('hourly')).rejects.toThrow('There is no schedule hourly');
  });
});
