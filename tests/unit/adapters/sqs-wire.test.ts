import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEventQueue, queueClient } from '../../../lambdas/adapters/event-queue.ts';
import { EventsNotSent } from '../../../lambdas/adapters/events-not-sent.ts';
import { bankEventOf, bankEvents, eventId } from '../support/bank-events.ts';

let server: FauxqsServer;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
});
afterAll(() => server.stop());

/** A queue of SQS's own wire, and what it holds. */
function queueOf(name: string) {
  server.createQueue(name);
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = queueClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const held = () => server.inspectQueue(name)?.messages.ready.map(({ body }) => JSON.parse(body)) ?? [];
  return { queue: createEventQueue({ queueUrl: `${endpoint}/000000000000/${name}`, client }), held };
}

test('events arrive as they are, whatever is written in them', async () => {
  const { queue, held } = queueOf('whole');
  const odd = bankEventOf(30, { data: { reason: 'Zoë “\u0000\ufffe\uffff” 🏦' } });
  await queue.send([...bankEvents(23), odd]);
  await queue.send([odd]);
  expect(held()).toEqual([...bankEvents(23), odd, odd]);
});

test('events that are large together arrive in more calls', async () => {
  const { queue, held } = queueOf('large');
  const data = { text: 'x'.repeat(100_000) };
  await queue.send(bankEvents(10).map(event => ({ ...event, data })));
  expect(held()).toHaveLength(10);
});

test('an event that SQS does not take is named, and the others arrive', async () => {
  const { queue, held } = queueOf('huge');
  const huge = bankEventOf(5, { data: { text: 'x'.repeat(1_100_000) } });
  const outcome = await queue.send([...bankEvents(5), huge]).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(EventsNotSent);
  expect(outcome).toMatchObject({ ids: [eventId(5)] });
  expect(held()).toEqual(bankEvents(5));
});
