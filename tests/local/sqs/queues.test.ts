import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { addQueue, addQueueWithDeadLetters, arnOf, clock, expectRefusal, send, serve } from './support.ts';

describe('a queue', () => {
  test('is named by a URL on the server’s own address, and found by its name', async () => {
    const { client, url } = await serve();
    const queue = await addQueue(client, 'events');
    expect(queue).toBe(`${url}/000000000000/events`);
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'events' }))).QueueUrl).toBe(queue);
    await expectRefusal(client.send(new GetQueueUrlCommand({ QueueName: 'other' })), 'QueueDoesNotExist');
  });

  test('has AWS’s defaults, and tells when it was made and changed', async () => {
    const time = clock();
    const { client } = await serve({ now: time.now });
    const QueueUrl = await addQueue(client, 'events', { VisibilityTimeout: '60' });
    time.pass(10);
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '5' } }));
    const made = String(Date.parse('2026-01-01T00:00:00Z') / 1000);
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: arnOf('events'),
      VisibilityTimeout: '60',
      DelaySeconds: '5',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      CreatedTimestamp: made,
      LastModifiedTimestamp: String(Number(made) + 10),
    });
    const some = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn', 'DelaySeconds'] }),
    );
    expect(some.Attributes).toEqual({ QueueArn: arnOf('events'), DelaySeconds: '5' });
    expect((await client.send(new GetQueueAttributesCommand({ QueueUrl }))).Attributes).toBeUndefined();
  });

  test('is made once: again with what it has is the same, with anything else a refusal', async () => {
    const { client } = await serve();
    const queue = await addQueue(client, 'events', { DelaySeconds: '5' });
    expect(await addQueue(client, 'events', { DelaySeconds: '5' })).toBe(queue);
    await expectRefusal(addQueue(client, 'events', { DelaySeconds: '6' }), 'QueueNameExists', /DelaySeconds/);
  });

  test('is gone with its messages when it is deleted', async () => {
    const { client } = await serve();
    const QueueUrl = await addQueue(client, 'events');
    await send(client, QueueUrl, 'x');
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    await expectRefusal(send(client, QueueUrl, 'x'), 'QueueDoesNotExist');
    await addQueue(client, 'events');
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  });

  test('is listed by name, page by page, and by the beginning of its name', async () => {
    const { client } = await serve();
    const urls = await Promise.all(['b', 'a1', 'a2'].map(name => addQueue(client, name)));
    const first = await client.send(new ListQueuesCommand({ MaxResults: 2 }));
    expect(first.QueueUrls).toEqual([urls[1], urls[2]]);
    const rest = await client.send(new ListQueuesCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect([rest.QueueUrls, rest.NextToken]).toEqual([[urls[0]], undefined]);
    const some = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'a' }));
    expect(some.QueueUrls).toEqual([urls[1], urls[2]]);
  });

  test('of dead letters tells whose they are', async () => {
    const { client } = await serve();
    const { url, deadLetters } = await addQueueWithDeadLetters(client, 3);
    const { queueUrls } = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters }));
    expect(queueUrls).toEqual([url]);
    const Attributes = { RedrivePolicy: '' };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const none = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters }));
    expect(none.queueUrls).toEqual([]);
  });
});

test.each([
  ['a number over the limit', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue', /VisibilityTimeout/],
  ['text for a number', { DelaySeconds: 'soon' }, 'InvalidAttributeValue', /DelaySeconds/],
  ['an unknown attribute', { Colour: 'blue' }, 'InvalidAttributeName', /Colour/],
  ['a malformed redrive policy', { RedrivePolicy: '{' }, 'InvalidParameterValue', /maxReceiveCount/],
  [
    'a redrive after no try',
    { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('events'), maxReceiveCount: 0 }) },
    'InvalidParameterValue',
    /maxReceiveCount/,
  ],
  [
    'a redrive to nowhere',
    { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('lost'), maxReceiveCount: '3' }) },
    'InvalidParameterValue',
    /Dead letter target does not exist/,
  ],
])('a queue with %s is refused', async (_name, attributes, code, message) => {
  const { client } = await serve();
  await expectRefusal(addQueue(client, 'events', attributes as Record<string, string>), code, message);
});

test.each([
  ['a FIFO queue', 'events.fifo', 'UnsupportedOperation'],
  ['a name with a slash', 'a/b', 'InvalidParameterValue'],
  ['a name of 81 characters', 'x'.repeat(81), 'InvalidParameterValue'],
])('%s is refused', async (_name, QueueName, code) => {
  const { client } = await serve();
  await expectRefusal(client.send(new CreateQueueCommand({ QueueName })), code);
});

test('an attribute that SQS does not know cannot be asked for', async () => {
  const { client } = await serve();
  const QueueUrl = await addQueue(client, 'events');
  const AttributeNames = ['Colour'] as never[];
  await expectRefusal(client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames })), 'InvalidAttributeName');
});
