import { beforeEach, describe, expect, type Mocked, test, vi } from 'vitest';
import type { EventProcessing, ProcessedEvents } from '../../../lambdas/adapters/event-processing.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { review } from '../../../lambdas/domain/fraud/review.ts';
import type { RuleFinding } from '../../../lambdas/domain/fraud/rule.ts';
import { eventMessage, workOnEvents } from '../../../lambdas/workers/work-on-events.ts';
import { payment } from '../domain/fraud/payment.ts';
import { eventId } from '../support/bank-events.ts';
import { databaseError } from '../support/data-api-errors.ts';

vi.mock(import('../../../lambdas/domain/fraud/review.ts'));

const found: RuleFinding = { rule: 'STRUCTURING', score: 60 };
const rules = [{ rule: 'STRUCTURING', parameters: {} }];
const outcomeOf = (processed: string[], changes: Partial<ProcessedEvents> = {}): ProcessedEvents => ({
  processed,
  skipped: [],
  unreviewed: [],
  unknown: [],
  notifications: 0,
  ...changes,
});

let events: Mocked<EventProcessing>;
const notify = vi.fn(async (_count: number) => undefined);
beforeEach(() => {
  notify.mockClear();
  vi.mocked(review).mockReset().mockReturnValue([found]);
  events = {
    readReviewFeatures: vi.fn(async ids => ({
      rules,
      transactions: ids.map(id => ({ ...payment(), event_id: id })),
    })),
    processEvents: vi.fn(async ids => outcomeOf([...ids])),
  };
});

const opened = (n: number) => ({ id: eventId(n), type: 'AccountOpened' });
const posted = (n: number) => ({ id: eventId(n), type: 'TransactionPosted' });
const work = (...messages: { id: string; type?: string }[]) =>
  workOnEvents(messages, { events, geo: { place: async () => null }, notify });
/** The events of each call that was made to process some. */
const tried = () => events.processEvents.mock.calls.map(([ids]) => ids.map(id => Number(id.slice(-3))));

describe('a batch', () => {
  test('without posted transactions is one call, and reviews nothing', async () => {
    expect(await work(opened(1), opened(2))).toEqual(['processed', 'processed']);
    expect(events.processEvents.mock.calls).toEqual([[[eventId(1), eventId(2)], null]]);
    expect(events.readReviewFeatures).not.toHaveBeenCalled();
  });

  test('with a posted transaction is two calls: what the review looks at, and what it found', async () => {
    expect(await work(opened(1), posted(2))).toEqual(['processed', 'processed']);
    const ids = [eventId(1), eventId(2)];
    expect(events.readReviewFeatures.mock.calls).toEqual([[ids]]);
    expect(vi.mocked(review).mock.calls[0]).toEqual([
      { ...payment(), event_id: eventId(1), places: { here: null, before: null, known: [] } },
      rules,
    ]);
    expect(events.processEvents.mock.calls).toEqual([[ids, ids.map(event_id => ({ event_id, findings: [found] }))]]);
  });

  test('with the same event twice asks for it once, and both messages are done', async () => {
    expect(await work(opened(1), opened(1))).toEqual(['processed', 'processed']);
    expect(tried()).toEqual([[1]]);
  });

  test.each([
    ['says that it is something else', { type: 'AccountOpened' }],
    ['does not say what it is', {}],
  ])('whose posted transaction %s is reviewed all the same: the database knows', async (_what, said) => {
    events.processEvents.mockResolvedValueOnce(outcomeOf([eventId(1)], { unreviewed: [eventId(2)] }));
    expect(await work(opened(1), { id: eventId(2), ...said })).toEqual(['processed', 'processed']);
    expect(events.readReviewFeatures.mock.calls).toEqual([[[eventId(2)]]]);
    expect(events.processEvents.mock.calls[1]).toEqual([[eventId(2)], [{ event_id: eventId(2), findings: [found] }]]);
  });

  test('tells what was processed before, and fails what does not exist', async () => {
    events.processEvents.mockResolvedValue(outcomeOf([eventId(1)], { skipped: [eventId(2)], unknown: [eventId(3)] }));
    expect(await work(opened(1), opened(2), opened(3))).toEqual([
      'processed',
      'skipped',
      new Error('There is no such event'),
    ]);
  });

  test('has its notifications sent once they are committed, and nobody is called for none', async () => {
    events.processEvents.mockResolvedValueOnce(outcomeOf([eventId(1)], { notifications: 2 }));
    await work(opened(1));
    await work(opened(2));
    expect(notify.mock.calls).toEqual([[2]]);
  });
});

describe('an event that nobody can process', () => {
  const poison = databaseError('22P02', 'invalid input syntax for type uuid');
  const poisonedBy = (...numbers: number[]) =>
    events.processEvents.mockImplementation(async ids => {
      if (numbers.some(n => ids.includes(eventId(n)))) throw poison;
      return outcomeOf([...ids]);
    });

  test('fails alone: the nine others of its batch are processed', async () => {
    poisonedBy(7);
    const outcomes = await work(...Array.from({ length: 10 }, (_, n) => opened(n)));
    expect(outcomes.map(outcome => outcome === 'processed')).toEqual(Array.from({ length: 10 }, (_, n) => n !== 7));
    expect(outcomes[7]).toBe(poison);
  });

  test('is found by halves: a hundred are no hundred calls', async () => {
    poisonedBy(63);
    const outcomes = await work(...Array.from({ length: 100 }, (_, n) => opened(n)));
    expect(outcomes.filter(outcome => outcome !== 'processed')).toEqual([poison]);
    expect(tried().length).toBeLessThan(20);
  });

  test.each([[[0]], [[9]], [[0, 9]], [[3, 4, 5]], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]])(
    'fails wherever it stands: %o',
    async numbers => {
      poisonedBy(...numbers);
      const outcomes = await work(...Array.from({ length: 10 }, (_, n) => opened(n)));
      expect(outcomes.flatMap((outcome, n) => (outcome === 'processed' ? [] : [n]))).toEqual(numbers);
    },
  );

  test('fails alone when it is the review that breaks on it', async () => {
    vi.mocked(review).mockImplementation(features => {
      if (features.event_id === eventId(2)) throw new TypeError('no amount');
      return [];
    });
    expect(await work(posted(1), posted(2), posted(3))).toEqual(['processed', new TypeError('no amount'), 'processed']);
  });
});

test('a database that cannot be reached is no event’s fault: nothing is tried apart, and all of it comes again', async () => {
  events.processEvents.mockRejectedValue(new BankError('UNAVAILABLE'));
  await expect(work(opened(1), opened(2))).rejects.toThrow(BankError);
  expect(tried()).toEqual([[1, 2]]);
});

describe('a message', () => {
  test('needs an id, and nothing else', () => {
    expect(eventMessage.parse({ id: eventId(1) })).toEqual({ id: eventId(1) });
    expect(eventMessage.safeParse({ type: 'TransactionPosted' }).success).toBe(false);
    expect(eventMessage.safeParse({ id: '7' }).success).toBe(false);
  });

  test('is read for its id, its type, the request that caused it and what is measured of it, and for nothing else', () => {
    const context = { request_id: 'request-1', ip: '192.0.2.7' };
    const data = { amount: '1', code: 'FRAUD_BLOCKED', fraud: { score: 80, rules: [{ rule: 'VELOCITY', score: 80 }] } };
    const message = { id: eventId(1), type: 'AccountOpened', aggregate_id: 'account-1', context, data };
    expect(eventMessage.parse(message)).toEqual({
      id: eventId(1),
      type: 'AccountOpened',
      aggregate_id: 'account-1',
      context: { request_id: 'request-1' },
      data: { code: 'FRAUD_BLOCKED', fraud: { score: 80, rules: [{}] } },
    });
  });

  test('whose other parts are of no known kind is read without them', () => {
    const message = { id: eventId(1), type: 7, context: 'none' };
    expect(eventMessage.parse(message)).toEqual({ id: eventId(1), type: undefined, context: undefined });
  });
});
