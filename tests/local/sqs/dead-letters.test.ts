import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { until } from '../../../local/postgres/processes.ts';
import {
  addQueue,
  addQueueWithDeadLetters,
  arnOf,
  bodies,
  clock,
  counts,
  expectRefusal,
  receive,
  receiveSoon,
  send,
  serve,
} from './support.ts';

/** Sends messages that each were received once and given up. */
async function bury(client: SQSClient, url: string, ...messages: string[]) {
  for (const body of messages) await send(client, url, body);
  while ((await counts(client, url))[0] !== 0) await receive(client, url);
  await until(async () => {
    await receive(client, url);
    return (await counts(client, url)).every(count => count === 0);
  }, 5_000);
}

describe('a message that is received too often', () => {
  test('does not keep the others from being received', async () => {
    const { client } = await serve();
    const { url } = await addQueueWithDeadLetters(client, 1);
    await send(client, url, 'poison');
    await receive(client, url);
    await until(async () => (await counts(client, url))[0] === 1, 5_000);
    await send(client, url, 'good');
    expect(bodies(await receive(client, url))).toEqual(['good']);
  });

  test('stays where it is while nothing takes dead letters', async () => {
    const { client } = await serve();
    const url = await addQueue(client, 'events', { VisibilityTimeout: '0' });
    await send(client, url, 'x');
    for (let count = 1; count <= 5; count++) expect(bodies(await receiveSoon(client, url))).toEqual(['x']);
  });
});

test('a message that was sent too long ago is gone, from the dead-letter queue too', async () => {
  const time = clock();
  const { client } = await serve({ now: time.now });
  const { url, deadLetters } = await addQueueWithDeadLetters(client, 1);
  await bury(client, url, 'old');
  await send(client, url, 'old');
  time.pass(345_600);
  await send(client, url, 'new');
  expect(bodies(await receive(client, url))).toEqual(['new']);
  expect(await receive(client, deadLetters)).toEqual([]);
});

describe('a redrive', () => {
  const SourceArn = arnOf('dead');
  const start = (client: SQSClient, rest = {}) => client.send(new StartMessageMoveTaskCommand({ SourceArn, ...rest }));
  const list = async (client: SQSClient) => {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 10 }));
    return Results;
  };

  test('takes messages back to where they came from, as new ones', async () => {
    const { client } = await serve();
    const { url, deadLetters } = await addQueueWithDeadLetters(client, 1);
    const names = Array.from({ length: 25 }, (_, n) => `m${n}`);
    await bury(client, url, ...names);
    expect(await counts(client, deadLetters)).toEqual([25, 0, 0]);
    await start(client);
    await until(async () => (await list(client))[0]?.Status === 'COMPLETED', 5_000);
    expect(await list(client)).toMatchObject([
      { ApproximateNumberOfMessagesMoved: 25, ApproximateNumberOfMessagesToMove: 25, SourceArn },
    ]);
    expect(await counts(client, deadLetters)).toEqual([0, 0, 0]);
    const [message] = await receive(client, url, { MaxNumberOfMessages: 1 });
    expect(message).toMatchObject({ Body: 'm0', Attributes: { ApproximateReceiveCount: '1' } });
    expect(message?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  });

  test('takes messages elsewhere when it is told to', async () => {
    const { client } = await serve();
    const { url } = await addQueueWithDeadLetters(client, 1);
    const elsewhere = await addQueue(client, 'elsewhere');
    await bury(client, url, 'x');
    await start(client, { DestinationArn: arnOf('elsewhere') });
    expect(bodies(await receiveSoon(client, elsewhere))).toEqual(['x']);
  });

  test('runs once at a time, at its own speed, and can be stopped', async () => {
    const { client } = await serve();
    const { url, deadLetters } = await addQueueWithDeadLetters(client, 1);
    await bury(client, url, 'a', 'b');
    const { TaskHandle } = await start(client, { MaxNumberOfMessagesPerSecond: 1 });
    await expectRefusal(start(client), 'UnsupportedOperation', /already a task running/);
    await client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(await list(client)).toMatchObject([{ Status: 'CANCELLED', MaxNumberOfMessagesPerSecond: 1 }]);
    expect(await counts(client, deadLetters)).toEqual([2, 0, 0]);
    await expectRefusal(client.send(new CancelMessageMoveTaskCommand({ TaskHandle })), 'ResourceNotFoundException');
  });

  test('ends at once when a receiver has all that there is', async () => {
    const { client } = await serve();
    const { url, deadLetters } = await addQueueWithDeadLetters(client, 1);
    await bury(client, url, 'a', 'b');
    await start(client, { MaxNumberOfMessagesPerSecond: 1 });
    await receive(client, deadLetters);
    await until(async () => (await list(client))[0]?.Status === 'COMPLETED', 5_000);
    expect(await list(client)).toMatchObject([{ ApproximateNumberOfMessagesMoved: 0 }]);
  });

  test('of a message that came from nowhere fails, and leaves it', async () => {
    const { client } = await serve();
    const { deadLetters } = await addQueueWithDeadLetters(client, 1);
    await send(client, deadLetters, 'sent here by somebody');
    await start(client);
    await until(async () => (await list(client))[0]?.Status === 'FAILED', 5_000);
    expect(await list(client)).toMatchObject([{ FailureReason: 'CouldNotDetermineMessageSource' }]);
    expect(await counts(client, deadLetters)).toEqual([1, 0, 0]);
  });

  test('starts from dead-letter queues that exist, and goes to queues that exist', async () => {
    const { client } = await serve();
    await expectRefusal(start(client), 'ResourceNotFoundException');
    await addQueue(client, 'dead');
    await expectRefusal(start(client), 'InvalidParameterValue', /Dead Letter Queue/);
    await addQueueWithDeadLetters(client, 1);
    await expectRefusal(start(client, { DestinationArn: arnOf('lost') }), 'ResourceNotFoundException');
  });
});
