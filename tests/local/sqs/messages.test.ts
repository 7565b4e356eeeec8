import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { addQueue, bodies, counts, receive, receiveSoon, send, serve } from './support.ts';

async function start(attributes: Record<string, string> = {}) {
  const served = await serve();
  return { ...served, queue: await addQueue(served.client, 'events', attributes) };
}

describe('a message', () => {
  test('is seen by one receiver, and by others after its visibility timeout', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '1' });
    await send(client, queue, 'x');
    expect(bodies(await receive(client, queue))).toEqual(['x']);
    expect(await receive(client, queue)).toEqual([]);
    expect(await counts(client, queue)).toEqual([0, 1, 0]);
    const [again] = await receiveSoon(client, queue);
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  test('is delayed for as long as it says, or its queue', async () => {
    const { client, queue } = await start({ DelaySeconds: '900' });
    await send(client, queue, 'late');
    await send(client, queue, 'soon', { DelaySeconds: 0 });
    expect(bodies(await receive(client, queue))).toEqual(['soon']);
    expect(await counts(client, queue)).toEqual([0, 1, 1]);
  });

  test('is gone once it is deleted, even after its visibility timeout', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '0' });
    await send(client, queue, 'x');
    const [message] = await receive(client, queue);
    const deletion = new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle });
    await client.send(deletion);
    expect(await counts(client, queue)).toEqual([0, 0, 0]);
    await client.send(deletion);
  });

  test('is not deleted by the handle of an earlier receiver', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '0' });
    await send(client, queue, 'x');
    const [first] = await receive(client, queue);
    await receive(client, queue, { VisibilityTimeout: 30, WaitTimeSeconds: 5 });
    await client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: first?.ReceiptHandle }));
    expect(await counts(client, queue)).toEqual([0, 1, 0]);
  });
});

describe('a receiver', () => {
  test('gets at most as many as it asks for, in the order in which they came', async () => {
    const { client, queue } = await start();
    for (const body of ['1', '2', '3']) await send(client, queue, body);
    expect(bodies(await receive(client, queue, { MaxNumberOfMessages: 2 }))).toEqual(['1', '2']);
    expect(bodies(await receive(client, queue))).toEqual(['3']);
  });

  test('that waits gets what comes, the whole of a batch at once', async () => {
    const { client, queue } = await start();
    const waiting = receiveSoon(client, queue);
    const Entries = ['1', '2', '3'].map(Id => ({ Id, MessageBody: Id }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
    expect(bodies(await waiting)).toEqual(['1', '2', '3']);
  });

  test('that gave up waiting takes no message with it', async () => {
    const { client, queue } = await start();
    const gone = new AbortController();
    const abandoned = fetch(queue, {
      method: 'POST',
      headers: { authorization: 'signed', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: JSON.stringify({ QueueUrl: queue, WaitTimeSeconds: 20 }),
      signal: gone.signal,
    }).catch(() => 'gone');
    // The server answers in turn: when it has answered this, it has the other's request, and then its end.
    await counts(client, queue);
    gone.abort();
    expect(await abandoned).toBe('gone');
    await counts(client, queue);
    await send(client, queue, 'seen');
    expect(bodies(await receiveSoon(client, queue))).toEqual(['seen']);
  });
});

describe('a batch', () => {
  test('deletes, and changes the visibility of, many at once', async () => {
    const { client, queue } = await start();
    for (const body of ['1', '2', '3']) await send(client, queue, body);
    const [one, ...others] = await receive(client, queue);
    const shown = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'a', ReceiptHandle: one?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: 'b', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
        ],
      }),
    );
    expect([shown.Successful, shown.Failed]).toMatchObject([
      [{ Id: 'a' }],
      [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }],
    ]);
    const Entries = others.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries }));
    expect(await counts(client, queue)).toEqual([1, 0, 0]);
  });
});

test('a purged queue is empty, whatever was in flight or delayed', async () => {
  const { client, queue } = await start();
  await send(client, queue, 'ready');
  await send(client, queue, 'delayed', { DelaySeconds: 60 });
  await receive(client, queue, { MaxNumberOfMessages: 1 });
  await send(client, queue, 'ready');
  await client.send(new PurgeQueueCommand({ QueueUrl: queue }));
  expect(await counts(client, queue)).toEqual([0, 0, 0]);
  await send(client, queue, 'new');
  expect(bodies(await receive(client, queue))).toEqual(['new']);
});
