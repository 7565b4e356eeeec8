import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { remainingTime } from '../../../lambdas/runtime/invocation.ts';
import { type Outcome, queue } from '../../../lambdas/runtime/queue.ts';
import { lambdaContext } from '../support/events.ts';
import { captureLogs, logLines } from '../support/logs.ts';
import { failedMessages, sqsEvent } from '../support/sqs-events.ts';

const message = z.object({ id: z.string(), secret: z.string().optional() });
type Message = z.output<typeof message>;

/** A handler that does this work on each message. */
function handlerOf(work: (message: Message) => Outcome) {
  const spy = vi.fn(async (messages: readonly Message[]) => messages.map(work));
  return { handler: queue({ message, logKeys: ({ id }) => ({ event_id: id }), work: spy }), spy };
}

const bodies = (...ids: string[]) => ids.map(id => ({ id }));

describe('a batch', () => {
  test('is worked on together, in its order', async () => {
    captureLogs();
    const { handler, spy } = handlerOf(() => 'processed');
    expect(await handler(sqsEvent(...bodies('a', 'b', 'c')), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(spy.mock.calls).toEqual([[bodies('a', 'b', 'c')]]);
  });

  test('in which one message fails reports that one alone', async () => {
    captureLogs();
    const { handler } = handlerOf(({ id }) => (id === 'b' ? new Error('no') : 'processed'));
    expect(failedMessages(await handler(sqsEvent(...bodies('a', 'b', 'c')), lambdaContext()))).toEqual(['message-2']);
  });

  test('in which every message fails reports them all, and the function has not failed', async () => {
    captureLogs();
    const { handler } = handlerOf(() => new Error('no'));
    expect(failedMessages(await handler(sqsEvent(...bodies('a', 'b')), lambdaContext()))).toEqual([
      'message-1',
      'message-2',
    ]);
  });

  test('that could not be worked on at all is a failure of the function, so that all of it comes again', async () => {
    const logged = captureLogs();
    const { handler } = handlerOf(() => {
      throw new Error('the database is away');
    });
    await expect(handler(sqsEvent(...bodies('a')), lambdaContext())).rejects.toThrow('the database is away');
    expect(logLines(logged())).toMatchObject([{ message: 'failed', cause: { message: 'the database is away' } }]);
  });

  test('with the same message twice tells how each of the two fared', async () => {
    captureLogs();
    const { handler } = handlerOf(() => new Error('no'));
    expect(failedMessages(await handler(sqsEvent(...bodies('a', 'a')), lambdaContext()))).toEqual([
      'message-1',
      'message-2',
    ]);
  });

  test('of which the work tells too little fails what it does not tell of', async () => {
    captureLogs();
    const handler = queue({ message, logKeys: () => ({}), work: async () => ['processed'] });
    expect(failedMessages(await handler(sqsEvent(...bodies('a', 'b')), lambdaContext()))).toEqual(['message-2']);
  });

  test('does not remember the failures of the one before it', async () => {
    captureLogs();
    let fails = true;
    const { handler } = handlerOf(() => (fails ? new Error('no') : 'processed'));
    await handler(sqsEvent(...bodies('a')), lambdaContext());
    fails = false;
    expect(await handler(sqsEvent(...bodies('a')), lambdaContext())).toEqual({ batchItemFailures: [] });
  });
});

describe('a message that cannot be read', () => {
  test.each([
    ['no JSON', 'not {json'],
    ['empty', ''],
    ['no object', '"a"'],
    ['without an id', {}],
    ['with an id of another kind', { id: 7 }],
  ])('fails alone: %s', async (_what, body) => {
    captureLogs();
    const { handler, spy } = handlerOf(() => 'processed');
    expect(failedMessages(await handler(sqsEvent({ id: 'a' }, body, { id: 'b' }), lambdaContext()))).toEqual([
      'message-2',
    ]);
    expect(spy.mock.calls).toEqual([[bodies('a', 'b')]]);
  });

  test('and is the only one makes no work', async () => {
    captureLogs();
    const { handler, spy } = handlerOf(() => 'processed');
    expect(failedMessages(await handler(sqsEvent('x'), lambdaContext()))).toEqual(['message-1']);
    expect(spy).not.toHaveBeenCalled();
  });
});

describe('the log', () => {
  test('has one line for each message: what became of it, and what it is about', async () => {
    const logged = captureLogs();
    const { handler } = handlerOf(({ id }) => (id === 'b' ? new Error('it is poison') : 'processed'));
    await handler(sqsEvent(...bodies('a', 'b')), lambdaContext());
    expect(logLines(logged())).toEqual([
      expect.objectContaining({
        message: 'processed',
        message_id: 'message-1',
        event_id: 'a',
        invocation_id: 'invocation-1',
      }),
      expect.objectContaining({
        message: 'failed',
        message_id: 'message-2',
        event_id: 'b',
        cause: expect.objectContaining({ message: 'it is poison' }),
      }),
    ]);
  });

  test.each([
    ['a message that was worked on', { id: 'a', secret: 'correct-horse' }],
    ['a message that is no JSON', '{"secret": correct-horse'],
    ['a message without an id', { secret: 'correct-horse' }],
  ])('has nothing of what is in %s', async (_what, body) => {
    const logged = captureLogs();
    await handlerOf(() => 'processed').handler(sqsEvent(body), lambdaContext());
    expect(logLines(logged())).toHaveLength(1);
    expect(logged()).not.toContain('correct-horse');
  });
});

test('the work knows the time that its invocation has left', async () => {
  captureLogs();
  let left = 0;
  const { handler } = handlerOf(() => {
    left = remainingTime();
    return 'processed';
  });
  await handler(sqsEvent({ id: 'a' }), lambdaContext());
  expect(left).toBe(30_000);
});
