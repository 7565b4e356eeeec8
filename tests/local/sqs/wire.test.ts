import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { ReadyList } from '../../../local/sqs/ready-list.ts';
import { startSqs } from '../../../local/sqs/start-sqs.ts';
import { temporaryFolder } from '../assembly/fixture.ts';
import { addQueue, bodies, expectRefusal, receive, send, serve } from './support.ts';

function post(url: string, body: string, headers: Record<string, string> = {}) {
  const signed = { authorization: 'signed', 'x-amz-target': 'AmazonSQS.ListQueues' };
  return fetch(url, { method: 'POST', headers: { ...signed, ...headers }, body });
}

describe('the wire', () => {
  test('is JSON 1.0, and names errors for SDKs of either protocol', async () => {
    const { client, url } = await serve();
    const answer = await post(url, '{}');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-amz-json-1.0']);
    const refused = await post(url, '{"QueueName":"lost"}', { 'x-amz-target': 'AmazonSQS.GetQueueUrl' });
    expect([refused.status, refused.headers.get('x-amzn-query-error')]).toEqual([
      400,
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
    ]);
    expect(await refused.json()).toMatchObject({ __type: 'com.amazonaws.sqs#QueueDoesNotExist' });
    await expectRefusal(client.send(new GetQueueUrlCommand({ QueueName: undefined })), 'MissingParameter', /QueueName/);
  });

  test.each([
    ['that is unknown', '{}', { 'x-amz-target': 'AmazonSQS.AddPermission' }, 'UnknownOperationException'],
    ['that is no JSON', '{', {}, 'SerializationException'],
    ['of more than 8 MiB', 'x'.repeat(8 * 1024 * 1024 + 1), {}, 'SerializationException'],
  ])('refuses a request %s', async (_name, body, headers, code) => {
    const { url } = await serve();
    const answer = await post(url, body, headers as Record<string, string>);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, code]);
  });

  test('refuses a request that is not signed', async () => {
    const { url } = await serve();
    const answer = await fetch(url, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } });
    expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  });
});

test('a URL from before a restart, or as AWS writes it, names its queue', async () => {
  const { client } = await serve();
  const queue = await addQueue(client, 'events');
  await send(client, queue, 'x');
  const elsewhere = 'https://sqs.us-east-1.amazonaws.com/000000000000/events';
  expect(bodies(await receive(client, elsewhere))).toEqual(['x']);
});

test('a port that is taken is told, and nothing is kept open', async () => {
  const { port } = await serve();
  const directory = await temporaryFolder();
  await expect(startSqs({ port, directory, queues: [] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await serve({ directory });
});

test('a queue of thousands gives them in order', () => {
  const list = new ReadyList<number>();
  const taken: (number | undefined)[] = [];
  for (let n = 0; n < 5_000; n++) {
    list.add(n);
    if (n % 2 === 1) taken.push(list.take());
  }
  for (let n = 0; n < 2_500; n++) taken.push(list.take());
  expect(taken).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  expect(list.take()).toBeUndefined();
  list.add(1);
  list.clear();
  expect(list.take()).toBeUndefined();
});
