import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendAfterCommit } from '../../../lambdas/adapters/after-commit.ts';
import type { EventQueue } from '../../../lambdas/adapters/event-queue.ts';
import { EventsNotSent } from '../../../lambdas/adapters/events-not-sent.ts';
import { bankEvents, eventId } from '../support/bank-events.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends with so much time left, and notes what was reported. */
function sender(send: EventQueue['send'], remaining = 20_000) {
  const spy = vi.fn(send);
  const unsent = vi.fn();
  return { send: sendAfterCommit({ queue: { send: spy }, remainingTime: () => remaining, unsent }), spy, unsent };
}

const away = async () => {
  throw new EventsNotSent(bankEvents(2).map(({ id }) => id));
};

describe('what a call has committed', () => {
  test('is sent at once, within a second', async () => {
    const { send, spy, unsent } = sender(async () => undefined);
    await send(bankEvents(2));
    expect(spy.mock.calls).toEqual([[bankEvents(2), 1_000]]);
    expect(unsent).not.toHaveBeenCalled();
  });

  test('is sent within less where the invocation has less', async () => {
    const { send, spy } = sender(async () => undefined, 900);
    await send(bankEvents(1));
    expect(spy.mock.calls[0]?.[1]).toBe(400);
  });

  test('is left to the relay where the invocation is nearly over', async () => {
    const { send, spy, unsent } = sender(async () => undefined, 520);
    await send(bankEvents(3));
    expect(spy).not.toHaveBeenCalled();
    expect(unsent.mock.calls).toEqual([[3]]);
  });
});

describe('a queue that fails', () => {
  test('is nobody’s error, and is reported with its cause', async () => {
    const { send, unsent } = sender(away);
    await send(bankEvents(2));
    expect(unsent.mock.calls).toEqual([[2, expect.any(EventsNotSent)]]);
  });

  test('for some events is reported for those', async () => {
    const { send, unsent } = sender(async () => {
      throw new EventsNotSent([eventId(1)]);
    });
    await send(bankEvents(5));
    expect(unsent.mock.calls[0]?.[0]).toBe(1);
  });

  test('in a way that nobody foresaw is reported for all of them', async () => {
    const { send, unsent } = sender(async () => {
      throw new TypeError('no such thing');
    });
    await send(bankEvents(5));
    expect(unsent.mock.calls).toEqual([[5, expect.any(TypeError)]]);
  });

  test('is let be for ten seconds, so that it delays one answer and not all of them', async () => {
    const { send, spy, unsent } = sender(away);
    await send(bankEvents(2));
    vi.advanceTimersByTime(9_000);
    await send(bankEvents(2));
    expect(spy).toHaveBeenCalledTimes(1);
    expect(unsent.mock.calls[1]).toEqual([2]);
    vi.advanceTimersByTime(1_000);
    await send(bankEvents(2));
    expect(spy).toHaveBeenCalledTimes(2);
  });

  test('and works again is used for every call again', async () => {
    const { send, spy } = sender(async () => undefined);
    spy.mockImplementationOnce(away);
    await send(bankEvents(2));
    vi.advanceTimersByTime(10_000);
    await send(bankEvents(1));
    await send(bankEvents(1));
    expect(spy).toHaveBeenCalledTimes(3);
  });
});
