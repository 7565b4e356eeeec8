import { expect, test } from 'vitest';
import { BankError } from '../../../lambdas/domain/errors.ts';
import type { RateLimit } from '../../../lambdas/domain/rate-limit.ts';
import { problem } from '../../../lambdas/runtime/http/problem.ts';
import { eventOf } from '../support/events.ts';
import { sampleHandler, sampleRequest } from '../support/sample-route.ts';

const rateLimit: RateLimit = { policy: 'transfers', quota: 10, window: 60, remaining: 3, reset: 42 };
const fields = { 'ratelimit-policy': '"transfers";q=10;w=60', ratelimit: '"transfers";r=3;t=42' };

/** The headers of an answer to a request that was counted so. */
async function headersWith(counted: { rateLimit?: RateLimit }) {
  const answer = { body: { text: 'hello', owner: { name: 'Ada' } }, ...counted };
  return (await sampleHandler(() => answer).run(eventOf(sampleRequest()), {}, [])).headers;
}

test('an answer to a request that counted says how the caller stands', async () => {
  expect(await headersWith({ rateLimit })).toMatchObject(fields);
});

test('an answer to a request that did not count says nothing of limits', async () => {
  expect(Object.keys((await headersWith({})) ?? {})).toEqual(['content-type']);
});

test('a refusal over the limit says so, and when to come back', () => {
  const error = new BankError('RATE_LIMITED', { rateLimit: { ...rateLimit, remaining: 0 }, retryAfter: 42 });
  expect(problem(error, 'request-1')).toMatchObject({
    statusCode: 429,
    headers: { ...fields, ratelimit: '"transfers";r=0;t=42', 'retry-after': '42' },
  });
});

test('a refusal for another reason says how the caller stands, and asks for no wait', () => {
  const { headers } = problem(new BankError('INSUFFICIENT_FUNDS', { rateLimit }), 'request-1');
  expect(headers).toMatchObject(fields);
  expect(headers).not.toHaveProperty('retry-after');
});
