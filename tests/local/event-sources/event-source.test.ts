import { setImmediate as turn } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEventSource } from '../../../local/event-sources/event-source.ts';
import type { EventSourceDefinition } from '../../../local/event-sources/event-source-definition.ts';
import { type QueueReader, queueReader } from '../../../local/event-sources/queue-reader.ts';
import { until } from '../../../local/postgres/processes.ts';
import { addQueue, addQueueWithDeadLetters, counts, receive, send, serve } from '../sqs/support.ts';
import { mapping } from './support.ts';

type Invoke = Parameters<typeof createEventSource>[0]['invoke'];
interface Record_ {
  messageId: string;
  body: string;
}

/** An event source on a queue of a server; its function answers with what `answer` makes of the bodies. */
async function start(
  definition: Partial<EventSourceDefinition>,
  answer: (records: Record_[], invocation: number) => unknown,
  settings: { visibility?: number; maxReceiveCount?: number; concurrency?: number } = {},
) {
  const { client } = await serve();
  const { maxReceiveCount = 100, visibility = 1, concurrency = 5 } = settings;
  const { url, deadLetters } = await addQueueWithDeadLetters(client, maxReceiveCount, visibility);
  const events: Record_[][] = [];
  const lines: string[] = [];
  const invoke: Invoke = async (_name, event) => {
    const { Records } = event as { Records: Record_[] };
    events.push(Records);
    try {
      return { payload: await answer(Records, events.length) };
    } catch (error) {
      return { fault: (error as Error).message };
    }
  };
  const source = createEventSource({
    definition: mapping(definition),
    queue: queueReader(client, url),
    concurrency,
    invoke,
    log: line => lines.push(line),
  });
  onTestFinished(() => source.close());
  return { client, url, deadLetters, source, events, lines };
}

const ids = (records: Record_[]) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});
const isEmpty = async (client: Parameters<typeof counts>[0], url: string) =>
  (await counts(client, url)).every(count => count === 0);

describe('an event source', () => {
  test('gives its function records as Lambda does, and deletes what was done', async () => {
    const { client, url, source, events } = await start({}, () => null);
    const messageId = await send(client, url, 'body', {
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 's' },
        raw: { DataType: 'Binary', BinaryValue: Buffer.from([1]) },
      },
    });
    source.resume();
    expect(await until(async () => events.length === 1 && (await isEmpty(client, url)), 5_000)).toBe(true);
    expect(events[0]).toEqual([
      {
        messageId,
        receiptHandle: expect.any(String),
        body: 'body',
        attributes: {
          SenderId: expect.any(String),
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          ApproximateReceiveCount: '1',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          kind: { stringValue: 's', stringListValues: [], binaryListValues: [], dataType: 'String' },
          raw: { binaryValue: 'AQ==', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:events',
        awsRegion: 'us-east-1',
      },
    ]);
  });

  test('deletes the messages that succeeded, and those alone: the rest comes again', async () => {
    const { client, url, source, events } = await start({}, (records, invocation) =>
      invocation === 1 ? ids(records.filter(({ body }) => body === 'bad')) : null,
    );
    for (const body of ['good', 'bad', 'fine']) await send(client, url, body);
    source.resume();
    expect(await until(() => isEmpty(client, url), 8_000)).toBe(true);
    expect(events.map(records => records.map(({ body }) => body))).toEqual([['good', 'bad', 'fine'], ['bad']]);
  });

  test('takes a thrown error, and an answer that names a strange message, for the failure of all', async () => {
    const { client, url, source, events, lines } = await start({}, (_records, invocation) => {
      if (invocation === 1) throw new Error('boom');
      return invocation === 2 ? { batchItemFailures: [{ itemIdentifier: 'strange' }] } : undefined;
    });
    for (const body of ['a', 'b']) await send(client, url, body);
    source.resume();
    expect(await until(() => isEmpty(client, url), 10_000)).toBe(true);
    expect(events.map(records => records.length)).toEqual([2, 2, 2]);
    expect(lines).toEqual(['worker failed with 2 messages: boom', 'worker reported 2 of 2 messages as failed']);
  });

  test('does not read the answer of a function that is not said to report failures', async () => {
    const { client, url, source, events } = await start({ reportsItemFailures: false }, ids);
    await send(client, url, 'a');
    source.resume();
    expect(await until(async () => events.length > 0 && (await isEmpty(client, url)), 5_000)).toBe(true);
  });

  test('has a poison message end in the dead-letter queue, and the others of its batch done once', async () => {
    const { client, url, deadLetters, source, events } = await start(
      {},
      records => ids(records.filter(({ body }) => body === 'poison')),
      { maxReceiveCount: 2 },
    );
    for (const body of ['1', 'poison', '2']) await send(client, url, body);
    source.resume();
    expect(await until(async () => (await counts(client, deadLetters))[0] === 1, 10_000)).toBe(true);
    const times = (body: string) => events.flat().filter(record => record.body === body).length;
    expect([times('1'), times('poison'), times('2')]).toEqual([1, 2, 1]);
  });

  test('gathers batches of more than ten within its window', async () => {
    const { client, url, source, events } = await start({ batchSize: 25, windowSeconds: 2 }, () => null, {
      concurrency: 1,
      visibility: 30,
    });
    for (let n = 0; n < 30; n++) await send(client, url, String(n));
    source.resume();
    expect(await until(async () => events.flat().length === 30 && (await isEmpty(client, url)), 8_000)).toBe(true);
    expect(events.map(records => records.length)).toEqual([25, 5]);
  });

  test('waits for more until its window is over, and no longer', async () => {
    const { client, url, source, events } = await start({ batchSize: 25, windowSeconds: 1 }, () => null, {
      concurrency: 1,
      visibility: 30,
    });
    source.resume();
    const began = performance.now();
    await send(client, url, 'first');
    await send(client, url, 'second');
    expect(await until(() => events.length > 0, 5_000)).toBe(true);
    expect(events[0]?.length).toBe(2);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  test('runs several invocations at once, and never more than it may', async () => {
    let running = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    const { client, url, source, events } = await start(
      { batchSize: 1 },
      async () => {
        running += 1;
        most = Math.max(most, running);
        await gate.promise;
        running -= 1;
      },
      { concurrency: 3, visibility: 30 },
    );
    for (let n = 0; n < 9; n++) await send(client, url, String(n));
    source.resume();
    expect(await until(() => running === 3, 5_000)).toBe(true);
    for (let turns = 0; turns < 50; turns++) await turn();
    gate.resolve();
    expect(await until(() => isEmpty(client, url), 5_000)).toBe(true);
    expect([most, events.length]).toEqual([3, 9]);
  });

  test('that is paused finishes what it has and takes no more, until it is resumed', async () => {
    const gate = Promise.withResolvers<void>();
    const { client, url, source, events } = await start({}, () => gate.promise, { visibility: 30 });
    await send(client, url, 'before');
    source.resume();
    source.resume();
    expect(await until(() => events.length === 1, 5_000)).toBe(true);
    const paused = source.pause();
    gate.resolve();
    await paused;
    await send(client, url, 'after');
    expect(await counts(client, url)).toEqual([1, 0, 0]);
    source.resume();
    expect(await until(() => isEmpty(client, url), 5_000)).toBe(true);
    expect(events.flat().map(({ body }) => body)).toEqual(['before', 'after']);
  });
});

test('an event source that is closed waits for no messages', async () => {
  const { source, lines } = await start({}, () => null);
  source.resume();
  const began = performance.now();
  await source.close();
  expect(performance.now() - began).toBeLessThan(700);
  expect(lines).toEqual([]);
});

describe('while its queue does not answer', () => {
  const message: Message = { MessageId: 'a', ReceiptHandle: 'h', Body: 'x' };

  function withQueue(queue: QueueReader) {
    const lines: string[] = [];
    const events: object[] = [];
    const source = createEventSource({
      definition: mapping(),
      queue,
      concurrency: 1,
      invoke: async (_name, event) => {
        events.push(event);
        return { payload: null };
      },
      log: line => lines.push(line),
    });
    onTestFinished(() => source.close());
    source.resume();
    return { source, lines, events };
  }

  test('an event source says so once, goes on asking, and says when it is back', async () => {
    let asked = 0;
    const { lines, events } = withQueue({
      async receive() {
        asked += 1;
        if (asked <= 3) throw new Error('ECONNREFUSED');
        await turn();
        return asked === 4 ? [message] : [];
      },
      delete: async () => [],
    });
    expect(await until(() => events.length === 1, 5_000)).toBe(true);
    expect(lines).toEqual([
      expect.stringContaining('does not answer: ECONNREFUSED'),
      expect.stringContaining('answers again'),
    ]);
  });

  test('what was done is deleted once it answers, or told to be left', async () => {
    let given = false;
    let deletions = 0;
    const { lines, source } = withQueue({
      async receive() {
        await turn();
        if (given) return [];
        given = true;
        return [message];
      },
      async delete(messages) {
        deletions += 1;
        if (deletions === 1) throw new Error('ECONNREFUSED');
        return messages;
      },
    });
    expect(await until(() => lines.length === 1, 5_000)).toBe(true);
    await source.pause();
    expect([deletions, lines[0]]).toEqual([3, expect.stringContaining('1 messages of arn')]);
  });

  test('messages that it refuses to delete one by one are told of', async () => {
    const { client } = await serve();
    const url = await addQueue(client, 'events');
    await send(client, url, 'x');
    const [received] = await receive(client, url);
    const reader = queueReader(client, url);
    const strange = { ...received, ReceiptHandle: 'nonsense' };
    expect(await reader.delete([strange, ...(received ? [received] : [])])).toEqual([strange]);
  });
});
