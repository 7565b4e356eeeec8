import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let admin: Person;
let alice: Person;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await startSystem();
  admin = await bank.person('admin');
});
beforeEach(async () => {
  alice = await bank.person('customer');
  [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
});
afterAll(() => bank?.close());

const limit = (transfers_per_minute: number, requests_per_hour = 1000) =>
  bank.call(admin, 'PUT', `/customers/${alice.id}/limits`, { transfers_per_minute, requests_per_hour, reason: 'test' });

const transfer = (headers: Record<string, string> = {}) =>
  bank.call(alice, 'POST', '/transfer', { from_account_id: from, to_account_id: to, amount: '1' }, headers);

test('an admin reads and sets the limits of a customer; others only read them', async () => {
  expect(await limit(3, 50)).toMatchObject({ status: 200, body: { transfers_per_minute: 3, overridden: true } });
  const path = `/customers/${alice.id}/limits`;
  expect(await bank.call(await bank.person('auditor'), 'GET', path)).toMatchObject({
    status: 200,
    body: { customer_id: alice.id, transfers_per_minute: 3, requests_per_hour: 50, overridden: true },
  });
  expect(await bank.call(alice, 'GET', path)).toMatchObject({ status: 403 });
  expect(
    await bank.call(alice, 'PUT', path, { transfers_per_minute: 9, requests_per_hour: 9, reason: 'more' }),
  ).toMatchObject({
    status: 403,
  });
  expect(await bank.call(admin, 'GET', `/customers/${randomUUID()}/limits`)).toMatchObject({
    status: 404,
    body: { code: 'CUSTOMER_NOT_FOUND' },
  });
});

test('a customer without limits of its own sends 10 transfers a minute: of 25 at once exactly 10 move money', async () => {
  await bank.database.pool.query('delete from bank.rate_limits where customer_id = $1', [alice.id]);
  const replies = await Promise.all(Array.from({ length: 25 }, () => transfer()));
  const statuses = replies.map(reply => reply.status).sort();
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), ...Array.from({ length: 15 }, () => 429)]);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['90.00', '10.00']);
});

test('transfers tell how many are left; the one too many is 429 with Retry-After, in one Data API call', async () => {
  await limit(2);
  const first = await transfer();
  expect(first.status).toBe(200);
  expect(first.headers.get('ratelimit-policy')).toBe('"transfers";q=2;w=60');
  expect(first.headers.get('ratelimit')).toBe('"transfers";r=1;t=60');
  await transfer();
  bank.callsSinceLast();
  const { status, headers, body } = await transfer();
  expect(bank.callsSinceLast()).toBe(1);
  expect([status, body.code, headers.get('content-type')]).toEqual([429, 'RATE_LIMITED', 'application/problem+json']);
  expect(headers.get('ratelimit-policy')).toBe('"transfers";q=2;w=60');
  const [, wait] = /^"transfers";r=0;t=(\d+)$/.exec(headers.get('ratelimit') ?? '') ?? [];
  expect(headers.get('retry-after')).toBe(wait);
  expect(Number(wait)).toBeGreaterThan(0);
  expect(Number(wait)).toBeLessThanOrEqual(60);
});

test('a transfer over the limit does not spend its Idempotency-Key', async () => {
  await limit(0);
  const key = { 'idempotency-key': randomUUID() };
  expect(await transfer(key)).toMatchObject({ status: 429 });
  await limit(1);
  const moved = await transfer(key);
  expect([moved.status, moved.headers.get('idempotent-replayed')]).toEqual([200, null]);
});

test('every route of the API counts for the hour, and answers 429 when it is full', async () => {
  await limit(10, 0);
  const asks = [
    ['GET', '/accounts'],
    ['GET', `/accounts/${from}`],
    ['GET', `/accounts/${from}/balance`],
    ['GET', '/transactions'],
    ['GET', `/transactions/${randomUUID()}`],
    ['GET', '/customers/me'],
    ['POST', '/accounts', { account_type: 'SAVINGS' }],
    ['POST', '/deposit', { account_id: from, amount: '1' }],
    ['POST', '/withdrawal', { account_id: from, amount: '1' }],
    ['POST', '/transfer', { from_account_id: from, to_account_id: to, amount: '1' }],
  ] as const;
  for (const [method, path, body] of asks) {
    const { status, headers } = await bank.call(alice, method, path, body);
    expect([path, status, headers.get('ratelimit-policy')]).toEqual([path, 429, '"requests";q=0;w=3600']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

test('every answer has the security headers of an API', async () => {
  for (const path of ['/health', `/accounts/${from}`, `/accounts/${randomUUID()}`]) {
    const { headers } = await bank.call(alice, 'GET', path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.any(String),
    });
  }
});
