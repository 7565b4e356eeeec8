import { ChangeMessageVisibilityCommand, DeleteMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { bodies, expectRefusal, receive, send } from '../../local/sqs/support.ts';
import { arnOf, queueOf, receiveSoon } from './queue-service.ts';

// The rules are those of the Amazon SQS API Reference (SendMessage, SendMessageBatch, ReceiveMessage, ChangeMessageVisibility,
// DeleteMessage) and of the Developer Guide on visibility timeouts, message attributes and dead-letter queues. A standard queue
// promises neither order nor exact counts, so nothing here asks for them; what ours promises beyond is in tests/local/sqs.

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a message', () => {
  test('is received as it was sent, with its attributes and what is known of it', async () => {
    const { client, queue } = await queueOf();
    const before = Date.now();
    const id = await send(client, queue, 'rent 🏠\n', {
      MessageAttributes: { kind: text('rent'), raw: { DataType: 'Binary.x', BinaryValue: Buffer.from([0, 255]) } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
    });
    const [message] = await receiveSoon(client, queue);
    expect(message).toMatchObject({ MessageId: id, Body: 'rent 🏠\n', MessageAttributes: { kind: text('rent') } });
    expect(Buffer.from(message?.MessageAttributes?.raw?.BinaryValue ?? [])).toEqual(Buffer.from([0, 255]));
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', AWSTraceHeader: 'Root=1-2-3' });
    for (const time of ['SentTimestamp', 'ApproximateFirstReceiveTimestamp'] as const) {
      expect(Number(message?.Attributes?.[time])).toBeGreaterThanOrEqual(before);
    }
  });

  test('shows only the attributes that the receiver asks for', async () => {
    const { client, queue } = await queueOf({ VisibilityTimeout: '0' });
    await send(client, queue, 'x', { MessageAttributes: { a: text('1'), 'b.c': text('2'), 'b.d': text('3') } });
    const shown = async (MessageAttributeNames: string[], MessageSystemAttributeNames: ['SentTimestamp'] | []) => {
      const [message] = await receiveSoon(client, queue, {
        MessageAttributeNames,
        MessageSystemAttributeNames,
      });
      return [Object.keys(message?.MessageAttributes ?? {}), Object.keys(message?.Attributes ?? {})];
    };
    expect(await shown([], [])).toEqual([[], []]);
    expect(await shown(['a'], ['SentTimestamp'])).toEqual([['a'], ['SentTimestamp']]);
    expect(await shown(['b.*'], [])).toEqual([['b.c', 'b.d'], []]);
  });

  test('has the digests that SDKs check, computed as AWS documents', async () => {
    const { client, queue } = await queueOf();
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

  test('is seen again at once when its receiver lets go of it', async () => {
    const { client, queue } = await queueOf();
    await send(client, queue, 'x');
    const [message] = await receiveSoon(client, queue);
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle };
    await client.send(new ChangeMessageVisibilityCommand({ ...change, VisibilityTimeout: 0 }));
    expect(bodies(await receiveSoon(client, queue))).toEqual(['x']);
  });

  test('stays hidden for longer when its receiver asks for it', async () => {
    const { client, queue } = await queueOf({ VisibilityTimeout: '1' });
    await send(client, queue, 'x');
    const [message] = await receiveSoon(client, queue);
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle };
    await client.send(new ChangeMessageVisibilityCommand({ ...change, VisibilityTimeout: 60 }));
    expect(await receive(client, queue, { WaitTimeSeconds: 2 })).toEqual([]);
  });

  test('that is in nobody’s hands has no visibility to change', async () => {
    const { client, queue } = await queueOf({ VisibilityTimeout: '0' });
    await send(client, queue, 'x');
    const [message] = await receiveSoon(client, queue);
    await receive(client, queue, { VisibilityTimeout: 30, WaitTimeSeconds: 5 });
    const change = { QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 1 };
    await expectRefusal(client.send(new ChangeMessageVisibilityCommand(change)), 'MessageNotInflight');
    const nonsense = { ...change, ReceiptHandle: 'nonsense' };
    await expectRefusal(client.send(new ChangeMessageVisibilityCommand(nonsense)), 'ReceiptHandleIsInvalid');
  });
  test('is seen by one receiver, and by another after its visibility timeout', async () => {
    const { client, queue } = await queueOf({ VisibilityTimeout: '2' });
    await send(client, queue, 'x');
    expect(bodies(await receiveSoon(client, queue))).toEqual(['x']);
    expect(await receive(client, queue)).toEqual([]);
    const [again] = await receiveSoon(client, queue);
    expect(again).toMatchObject({ Body: 'x', Attributes: { ApproximateReceiveCount: '2' } });
  });

  test('is gone once it is deleted, and may be deleted again', async () => {
    const { client, queue } = await queueOf({ VisibilityTimeout: '1' });
    await send(client, queue, 'x');
    const [message] = await receiveSoon(client, queue);
    const deletion = new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: message?.ReceiptHandle });
    await client.send(deletion);
    await client.send(deletion);
    expect(await receive(client, queue, { WaitTimeSeconds: 2 })).toEqual([]);
  });

  test('that is received too often goes to the dead-letter queue with its id, body and attributes', async () => {
    const { client, queue: dead, another } = await queueOf();
    const deadLetterTargetArn = await arnOf(client, dead);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    const queue = await another({ VisibilityTimeout: '0', RedrivePolicy });
    const id = await send(client, queue, 'poison', { MessageAttributes: { a: text('1') } });
    for (const count of ['1', '2']) {
      const [message] = await receiveSoon(client, queue);
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
    }
    expect(await receive(client, queue, { WaitTimeSeconds: 1 })).toEqual([]);
    const [given] = await receiveSoon(client, dead);
    expect(given).toMatchObject({
      MessageId: id,
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: await arnOf(client, queue) },
      MessageAttributes: { a: { StringValue: '1' } },
    });
  });
});

describe('a batch', () => {
  test('is done entry by entry: what one is refused for leaves the others', async () => {
    const { client, queue } = await queueOf({ MaximumMessageSize: '1024' });
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

  const entry = (Id: string) => ({ Id, MessageBody: 'x' });
  test.each([
    ['without entries', [], 'EmptyBatchRequest'],
    ['of eleven', Array.from({ length: 11 }, (_, id) => entry(String(id))), 'TooManyEntriesInBatchRequest'],
    ['with an id twice', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['with a malformed id', [entry('a b')], 'InvalidBatchEntryId'],
    ['of more than 1 MiB', ['a', 'b'].map(Id => ({ Id, MessageBody: 'x'.repeat(600_000) })), 'BatchRequestTooLong'],
  ])('%s is refused as a whole', async (_name, Entries, code) => {
    const { client, queue } = await queueOf();
    await expectRefusal(client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries })), code);
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
  const { client, queue } = await queueOf();
  // The SDK's own types forbid some of these; the wire does not.
  await expectRefusal(send(client, queue, 'x', change as object), code);
});
