import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  type SNSServiceException,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Announcement, type SnsOptions, startSns } from '../../../local/sns/start-sns.ts';
import { temporaryFolder } from '../assembly/fixture.ts';

const arnOf = (topic: string) => `arn:aws:sns:us-east-1:000000000000:${topic}`;

/** A server without topics unless told, a client for it, and what it announced and delivered. */
async function serve(options: Partial<SnsOptions> = {}) {
  const announced: Announcement[] = [];
  const queued: unknown[][] = [];
  const invoked: unknown[][] = [];
  const lines: string[] = [];
  const sns = await startSns({
    directory: options.directory ?? (await temporaryFolder()),
    topics: [],
    subscriptions: [],
    onPublish: announcement => announced.push(announcement),
    toQueue: async (...delivery) => void queued.push(delivery),
    toFunction: async (...delivery) => void invoked.push(delivery),
    log: line => lines.push(line),
    ...options,
  });
  const client = new SNSClient({
    endpoint: sns.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await sns.close();
  });
  return { ...sns, client, announced, queued, invoked, lines };
}

async function addTopic(client: SNSClient, Name: string): Promise<string> {
  return (await client.send(new CreateTopicCommand({ Name }))).TopicArn ?? '';
}

async function expectRefusal(call: Promise<unknown>, name: string, message?: RegExp) {
  const error = await call.then(
    () => undefined,
    (thrown: SNSServiceException) => thrown,
  );
  expect(error?.name).toBe(name);
  if (message) expect(error?.message).toMatch(message);
}

describe('what is published', () => {
  test('is announced before its publisher is answered, with the addresses that are subscribed', async () => {
    const { client, announced } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@bank.test' }));
    const message = { TopicArn, Subject: 'Größe <&>', Message: 'line\r\n"two" 🏠' };
    const { MessageId } = await client.send(new PublishCommand(message));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(announced).toEqual([
      { topicName: 'alerts', emails: ['ops@bank.test'], subject: message.Subject, message: message.Message },
    ]);
  });

  test('reaches queues, in the envelope that AWS documents or raw', async () => {
    const { client, queued } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    const subscribe = (Endpoint: string, Attributes = {}) =>
      client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
    await subscribe('arn:queue:enveloped');
    await subscribe('arn:queue:raw', { RawMessageDelivery: 'true' });
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'fraud' } };
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn, Subject: 's', Message: 'm', MessageAttributes }),
    );
    const [[first, body, attributes] = [], second] = queued;
    expect([first, attributes]).toEqual(['arn:queue:enveloped', {}]);
    expect(JSON.parse(String(body))).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 's',
      Message: 'm',
      MessageAttributes: { kind: { Type: 'String', Value: 'fraud' } },
    });
    expect(second).toEqual(['arn:queue:raw', 'm', MessageAttributes]);
  });

  test('reaches functions as a record', async () => {
    const { client, invoked } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: 'arn:function' }));
    await client.send(new PublishCommand({ TopicArn, Message: 'm' }));
    expect(invoked).toMatchObject([
      ['arn:function', { Records: [{ EventSource: 'aws:sns', Sns: { TopicArn, Message: 'm' } }] }],
    ]);
  });

  test('is accepted though a subscriber cannot be reached, and reaches the others', async () => {
    const reached: string[] = [];
    const { client, lines } = await serve({
      toQueue: async queue => {
        if (queue === 'arn:gone') throw new Error('no such queue');
        reached.push(queue);
      },
    });
    const TopicArn = await addTopic(client, 'alerts');
    for (const Endpoint of ['arn:gone', 'arn:there']) {
      await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    }
    await client.send(new PublishCommand({ TopicArn, Message: 'm' }));
    expect([reached, lines]).toEqual([['arn:there'], [expect.stringContaining('did not reach arn:gone')]]);
  });

  test('as a batch is done entry by entry', async () => {
    const { client, announced } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: 'one' },
      { Id: 'b', Message: 'x'.repeat(262_145) },
      { Id: 'c', Message: 'three', Subject: 's' },
    ];
    const { Successful, Failed } = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
    expect(announced.map(({ message }) => message)).toEqual(['one', 'three']);
  });

  test.each([
    ['an empty message', { Message: '' }, /Empty message/],
    ['a message over 256 KB', { Message: 'x'.repeat(262_145) }, /too long/],
    ['a subject of two lines', { Subject: 'a\nb' }, /Subject/],
    ['a subject of 101 characters', { Subject: 'x'.repeat(101) }, /Subject/],
    ['a structure by protocol', { MessageStructure: 'json' }, /MessageStructure/],
    ['a phone number', { PhoneNumber: '+1' }, /PhoneNumber/],
  ])('with %s is refused, and announced to nobody', async (_name, change, message) => {
    const { client, announced } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    const call = client.send(new PublishCommand({ TopicArn, Message: 'm', ...change }));
    await expectRefusal(call, 'InvalidParameterException', message);
    expect(announced).toEqual([]);
  });

  test('to a topic that is not there is refused', async () => {
    const { client } = await serve();
    const call = client.send(new PublishCommand({ TopicArn: arnOf('lost'), Message: 'm' }));
    await expectRefusal(call, 'NotFoundException');
  });

  test.each([
    ['empty', [], 'EmptyBatchRequestException'],
    ['too long', Array.from({ length: 11 }, (_, n) => `m${n}`), 'TooManyEntriesInBatchRequestException'],
    ['with an id twice', ['a', 'a'], 'BatchEntryIdsNotDistinctException'],
  ])('as a batch that is %s is refused', async (_name, ids, code) => {
    const { client } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    const PublishBatchRequestEntries = ids.map(Id => ({ Id, Message: 'm' }));
    await expectRefusal(client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })), code);
  });
});

describe('topics and subscriptions', () => {
  test('of a template are there when it starts, and what was made since outlives a restart', async () => {
    const directory = await temporaryFolder();
    const template = {
      topics: [{ name: 'alerts', arn: arnOf('alerts') }],
      subscriptions: [{ topicArn: arnOf('alerts'), protocol: 'email', endpoint: 'ops@bank.test', rawDelivery: false }],
    };
    const before = await serve({ directory, ...template });
    const TopicArn = await addTopic(before.client, 'other');
    await before.client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:queue' }));
    await before.close();

    const { client } = await serve({ directory, ...template });
    const { Topics } = await client.send(new ListTopicsCommand({}));
    expect(Topics?.map(topic => topic.TopicArn)).toEqual([arnOf('alerts'), arnOf('other')]);
    const { Subscriptions } = await client.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions).toMatchObject([
      { TopicArn: arnOf('alerts'), Protocol: 'email', Endpoint: 'ops@bank.test' },
      { TopicArn: arnOf('other'), Protocol: 'sqs', Endpoint: 'arn:queue' },
    ]);
  });

  test('are made once, and gone when they are removed', async () => {
    const { client } = await serve();
    const TopicArn = await addTopic(client, 'alerts');
    expect(await addTopic(client, 'alerts')).toBe(TopicArn);
    const subscribe = () =>
      client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@bank.test' }));
    const { SubscriptionArn } = await subscribe();
    expect((await subscribe()).SubscriptionArn).toBe(SubscriptionArn);
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ TopicArn, SubscriptionsConfirmed: '1' });

    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    const left = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(left.Subscriptions ?? []).toEqual([]);
    await subscribe();
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await expectRefusal(client.send(new GetTopicAttributesCommand({ TopicArn })), 'NotFoundException');
    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
  });

  test('that are not served are refused: a name with a slash, a filter', async () => {
    const { client } = await serve();
    await expectRefusal(addTopic(client, 'a/b'), 'InvalidParameterException', /Name/);
    const TopicArn = await addTopic(client, 'alerts');
    const Attributes = { FilterPolicy: '{}' };
    const subscription = { TopicArn, Protocol: 'sqs', Endpoint: 'arn:queue', Attributes };
    await expectRefusal(client.send(new SubscribeCommand(subscription)), 'InvalidParameterException', /FilterPolicy/);
  });
});

test('a message attribute comes with its type, or the message is refused', async () => {
  const { client, url, queued } = await serve();
  const TopicArn = await addTopic(client, 'alerts');
  const Attributes = { RawMessageDelivery: 'true' };
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:queue', Attributes }));
  const raw = { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) };
  await client.send(new PublishCommand({ TopicArn, Message: 'm', MessageAttributes: { raw } }));
  expect(queued).toEqual([['arn:queue', 'm', { raw: { DataType: 'Binary', BinaryValue: 'AQI=' } }]]);
  const body = new URLSearchParams({
    Action: 'Publish',
    TopicArn,
    Message: 'm',
    'MessageAttributes.entry.1.Name': 'kind',
    'MessageAttributes.entry.1.Value.StringValue': 'x',
  });
  const untyped = await fetch(url, { method: 'POST', headers: { authorization: 'signed' }, body });
  expect([untyped.status, queued.length]).toEqual([400, 1]);
});

test('a port that is taken is told, and nothing is kept open', async () => {
  const { port } = await serve();
  const directory = await temporaryFolder();
  const taken = startSns({ port, directory, topics: [], subscriptions: [] });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await serve({ directory });
});

test('a request that is not signed, or asks for what is not served, is refused', async () => {
  const { url } = await serve();
  const post = (Action: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', headers, body: new URLSearchParams({ Action }) });
  expect((await post('ListTopics', {})).status).toBe(403);
  const unknown = await post('CheckIfPhoneNumberIsOptedOut', { authorization: 'signed' });
  expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('<Code>InvalidAction</Code>')]);
});
