import { afterEach, describe, expect, test, vi } from 'vitest';
import { callerOf } from '../../../lambdas/runtime/http/caller.ts';
import { admitFromEdge } from '../../../lambdas/runtime/http/edge.ts';
import { serve } from '../../../lambdas/runtime/http/serve.ts';
import { eventOf, lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';

afterEach(() => vi.unstubAllEnvs());

const secret = 'a'.repeat(48);
const next = 'b'.repeat(48);
/** What the gateway sees of a request that CloudFront, at 192.0.2.7, hands on. */
const requestWith = (headers: Record<string, string>) => eventOf({ headers });

describe('where there is an edge', () => {
  test.each(['198.51.100.23', '2001:db8::7'])('the caller is where the edge saw it: %s', address => {
    const event = requestWith({ 'x-origin-secret': secret, 'x-viewer-address': address });
    admitFromEdge(event, [secret]);
    expect(callerOf(event).ip).toBe(address);
  });

  test.each([
    ['nothing', {}],
    ['another secret', { 'x-origin-secret': next }],
    ['the beginning of the secret', { 'x-origin-secret': secret.slice(1) }],
    ['an address alone', { 'x-viewer-address': '198.51.100.23' }],
  ])('what came round it, with %s, is refused, and its address is not believed', (_what, headers) => {
    const event = requestWith(headers);
    expect(() => admitFromEdge(event, [secret])).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(callerOf(event).ip).toBe('192.0.2.7');
  });

  test('the secret and the next are good while one takes the place of the other', () => {
    for (const shown of [secret, next]) {
      expect(() => admitFromEdge(requestWith({ 'x-origin-secret': shown }), [secret, next])).not.toThrow();
    }
  });

  test.each(['', 'localhost', '198.51.100.23:443', '198.51.100.23, 192.0.2.1'])(
    'what is no address (%j) is not taken for one',
    address => {
      const event = requestWith({ 'x-origin-secret': secret, 'x-viewer-address': address });
      admitFromEdge(event, [secret]);
      expect(callerOf(event).ip).toBe('192.0.2.7');
    },
  );

  test('nobody further in sees the secret', () => {
    const event = requestWith({ 'x-origin-secret': secret });
    admitFromEdge(event, [secret]);
    expect(event.headers).not.toHaveProperty('x-origin-secret');
  });

  test('a function that was told its secrets answers a problem to what came round it', async () => {
    captureLogs();
    vi.stubEnv('ORIGIN_SECRETS', `${secret},${next}`);
    const answer = await serve([], {})(eventOf({}), lambdaContext());
    expect(answer).toMatchObject({ statusCode: 403, headers: { 'x-content-type-options': 'nosniff' } });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ code: 'FORBIDDEN' });
    expect(answer.body).not.toMatch(/secret|aaaa/);
  });
});

test('where there is none, no header is believed', () => {
  const event = requestWith({ 'x-origin-secret': 'anything', 'x-viewer-address': '198.51.100.23' });
  admitFromEdge(event, []);
  expect(callerOf(event).ip).toBe('192.0.2.7');
});
