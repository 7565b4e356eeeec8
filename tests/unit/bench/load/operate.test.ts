import { expect, test, vi } from 'vitest';
import { operate } from '../../../../bench/load/operate.ts';
import type { Answer, Request } from '../../../../bench/load/sender.ts';
import { emptyTally } from '../../../../bench/load/tally.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => waits.push(ms) }));
const waits: number[] = [];

const answer = (status: number, code = '', retryAfter?: number): Answer => ({ status, code, body: {}, retryAfter });
const request: Request = { method: 'POST', path: '/transfer', token: 'token', key: 'key' };

/** Sends to a bank that gives these answers, the last one for ever. */
async function operated(...answers: Answer[]) {
  waits.length = 0;
  const sent: Request[] = [];
  const tally = emptyTally();
  const send = async (each: Request) => {
    sent.push(each);
    return answers[Math.min(sent.length, answers.length) - 1] ?? answer(0);
  };
  const { fate } = await operate({ send }, request, tally);
  return { fate, sent, tally };
}

test('a success is done, a refusal is final: each is sent once', async () => {
  expect(await operated(answer(200))).toMatchObject({ fate: 'done', sent: [request] });
  expect(await operated(answer(400, 'INSUFFICIENT_FUNDS'))).toMatchObject({ fate: 'refused', sent: [request] });
});

test.each([
  answer(0, 'ECONNRESET'),
  answer(500),
  answer(503, 'UNAVAILABLE'),
  answer(429, 'RATE_LIMITED'),
  answer(409, 'REQUEST_IN_FLIGHT'),
])('after $status $code it is sent again under the same key', async first => {
  const { fate, sent, tally } = await operated(first, answer(200));
  expect([fate, sent]).toEqual(['done', [request, request]]);
  expect(tally).toMatchObject({ done: 1, retries: 1, refused: 0, unknown: 0 });
});

test('what is never known is given up after eight sendings, and counted as such', async () => {
  const { fate, sent, tally } = await operated(answer(0, 'ECONNREFUSED'));
  expect([fate, sent.length]).toEqual(['unknown', 8]);
  expect(tally).toMatchObject({ unknown: 1, retries: 7, answers: { 'none ECONNREFUSED': 8 } });
});

test('Retry-After is waited for, ten seconds at most', async () => {
  await operated(answer(429, 'RATE_LIMITED', 3), answer(503, 'UNAVAILABLE', 3600), answer(200));
  expect(waits).toEqual([3_000, 10_000]);
});
