import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { addQueue, bodies, counts, expectRefusal, receive, receiveSoon, send, serve } from './support.ts';

async function start(attributes: Record<string, string> = {}) {
  const served = await serve();
  return { ...served, queue: await addQueue(served.client, 'events', attributes) };
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a message', () => {
  test('is received as it was sent, with its attributes and what is known of it', async () => {
    const { client, queue } = await start();
    const before = Date.now();
    const id = await send(client, queue, 'rent 🏠\n', {
      MessageAttributes: { kind: text('rent'), raw: { DataType: 'Binary.x', BinaryValue: Buffer.from([0, 255]) } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
    });
    const [message] = await receive(client, queue);
    expect(message).toMatchObject({ MessageId: id, Body: 'rent 🏠\n', MessageAttributes: { kind: text('rent') } });
    expect(Buffer.from(message?.MessageAttributes?.raw?.BinaryValue ?? [])).toEqual(Buffer.from([0, 255]));
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', AWSTraceHeader: 'Root=1-2-3' });
    for (const time of ['SentTimestamp', 'ApproximateFirstReceiveTimestamp'] as const) {
      expect(Number(message?.Attributes?.[time])).toBeGreaterThanOrEqual(before);
    }
  });

  test('shows only the attributes that the receiver asks for', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '0' });
    await send(client, queue, 'x', { MessageAttributes: { a: text('1'), 'b.c': text('2'), 'b.d': text('3') } });
    const shown = async (MessageAttributeNames: string[], MessageSystemAttributeNames: ['SentTimestamp'] | []) => {
      const [message] = await receive(client, queue, {
        MessageAttributeNames,
        MessageSystemAttributeNames,
        WaitTimeSeconds: 5,
      });
      return [Object.keys(message?.MessageAttributes ?? {}), Object.keys(message?.Attributes ?? {})];
    };
    expect(await shown([], [])).toEqual([[], []]);
    expect(await shown(['a'], ['SentTimestamp'])).toEqual([['a'], ['SentTimestamp']]);
    expect(await shown(['b.*'], [])).toEqual([['b.c', 'b.d'], []]);
  });

  test('has the digests that SDKs check, computed as AWS documents', async () => {
    const { client, queue } = await start();
    const { Successful } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue,
        Entries: [{ Id: '1', MessageBody: 'hello', MessageAttributes: { color: text('blue') } }],
      }),
    );
    expect(Successful?.[0]).toMatchObject({
      MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
      // The digest of: 5 "color" 6 "String" 1 4 "blue", each length in four bytes.
      MD5OfMessageAttributes: 'da1b33cc3cbfe8b1630921e78e6b9880',
    });
  });

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

  test('is seen again at once when its receiver lets go of it', async () => {
    const { client, queue } = await start();
    await send(client, queue, 'x');
    const [message] = await receive(client, queue);
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle };
    await client.send(new ChangeMessageVisibilityCommand({ ...change, VisibilityTimeout: 0 }));
    expect(bodies(await receive(client, queue))).toEqual(['x']);
  });

  test('stays hidden for longer when its receiver asks for it', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '1' });
    await send(client, queue, 'x');
    const [message] = await receive(client, queue);
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle };
    await client.send(new ChangeMessageVisibilityCommand({ ...change, VisibilityTimeout: 60 }));
    expect(await receive(client, queue, { WaitTimeSeconds: 2 })).toEqual([]);
  });

  test('that is in nobody’s hands has no visibility to change', async () => {
    const { client, queue } = await start({ VisibilityTimeout: '0' });
    await send(client, queue, 'x');
    const [message] = await receive(client, queue);
    await receive(client, queue, { VisibilityTimeout: 30, WaitTimeSeconds: 5 });
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 1 };
    await expectRefusal(client.send(new ChangeMessageVisibilityCommand(change)), 'MessageNotInflight');
    const nonsense = { ...change, ReceiptHandle: 'nonsense' };
    await expectRefusal(client.send(new ChangeMessageVisibilityCommand(nonsense)), 'ReceiptHandleIsInvalid');
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
  test('is done entry by entry: what one is refused for leaves the others', async () => {
    const { client, queue } = await start({ MaximumMessageSize: '1024' });
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'long', MessageBody: 'x'.repeat(1025) },
          { Id: 'control', MessageBody: '\u0000' },
        ],
      }),
    );
    expect(Successful?.map(each => each.Id)).toEqual(['good']);
    expect(Failed).toMatchObject([
      { Id: 'long', Code: 'InvalidParameterValue', SenderFault: true },
      { Id: 'control', Code: 'InvalidMessageContents', SenderFault: true },
    ]);
  });

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

  const entry = (Id: string) => ({ Id, MessageBody: 'x' });
  test.each([
    ['without entries', [], 'EmptyBatchRequest'],
    ['of eleven', Array.from({ length: 11 }, (_, id) => entry(String(id))), 'TooManyEntriesInBatchRequest'],
    ['with an id twice', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['with a malformed id', [entry('a b')], 'InvalidBatchEntryId'],
    ['of more than 1 MiB', ['a', 'b'].map(Id => ({ Id, MessageBody: 'x'.repeat(600_000) })), 'BatchRequestTooLong'],
  ])('%s is refused as a whole', async (_name, Entries, code) => {
    const { client, queue } = await start();
    await expectRefusal(client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries })), code);
    expect(await counts(client, queue)).toEqual([0, 0, 0]);
  });
});

test.each([
  ['an empty body', { MessageBody: '' }, 'InvalidParameterValue'],
  ['no body', { MessageBody: undefined }, 'MissingParameter'],
  ['a delay of an hour', { DelaySeconds: 3600 }, 'InvalidParameterValue'],
  ['a character that is none of XML', { MessageBody: 'a\u0001' }, 'InvalidMessageContents'],
  ['an attribute without a value', { MessageAttributes: { a: { DataType: 'String' } } }, 'InvalidParameterValue'],
  ['an attribute of no type', { MessageAttributes: { a: text('1'), b: { DataType: 'X' } } }, 'InvalidParameterValue'],
  ['an attribute named as AWS’s are', { MessageAttributes: { 'AWS.a': text('1') } }, 'InvalidParameterValue'],
  [
    'eleven attributes',
    { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a${n}`, text('1')])) },
    'InvalidParameterValue',
  ],
])('a message with %s is refused', async (_name, change, code) => {
  const { client, queue } = await start();
  // The SDK's own types forbid some of these; the wire does not.
  await expectRefusal(send(client, queue, 'x', change as object), code);
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
