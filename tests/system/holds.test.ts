import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lapseHold } from '../support/lapse-hold.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let teller: Person;
beforeAll(async () => {
  bank = await startSystem();
  [alice, teller] = [await bank.person('customer'), await bank.person('teller')];
});
afterAll(() => bank?.close());

async function place(account: string, amount = '60') {
  const { status, body } = await bank.call(alice, 'POST', '/holds', { account_id: account, amount });
  expect(status).toBe(201);
  return String(body.id);
}

test('a hold is placed, captured in part and over, in one call of the database each', async () => {
  const [account, payee] = [await bank.account(alice, '100'), await bank.account(alice)];
  bank.callsSinceLast();
  const hold = await place(account);
  expect(bank.callsSinceLast()).toBe(1);
  const key = { 'idempotency-key': randomUUID() };
  const capture = () =>
    bank.call(alice, 'POST', `/holds/${hold}/capture`, { to_account_id: payee, amount: '45.50' }, key);
  const first = await capture();
  expect(bank.callsSinceLast()).toBe(1);
  expect(first).toMatchObject({
    status: 200,
    body: { hold: { status: 'CAPTURED', captured_amount: '45.50' }, transaction: { amount: '45.50' } },
  });
  expect(first.headers.get('ratelimit')).toMatch(/^"transfers";r=\d+;t=\d+$/);
  const again = await capture();
  expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([first.body, 'true']);
  expect(await bank.call(alice, 'GET', `/accounts/${account}/balance`)).toMatchObject({
    body: { balance: '54.50', held: '0.00', available_balance: '54.50' },
  });
});

test('an account under a known ETag is read again when a hold on it is placed, and when it expires', async () => {
  const account = await bank.account(alice, '100');
  const read = (etag?: string | null) =>
    bank.call(alice, 'GET', `/accounts/${account}`, undefined, etag ? { 'if-none-match': etag } : {});
  const empty = await read();
  const hold = await place(account);
  const held = await read(empty.headers.get('etag'));
  expect(held).toMatchObject({ status: 200, body: { held: '60.00' } });
  expect((await read(held.headers.get('etag'))).status).toBe(304);
  await lapseHold(bank.database.pool, hold);
  expect(await read(held.headers.get('etag'))).toMatchObject({ status: 200, body: { held: '0.00' } });
});

test('the schedule ends what has expired', async () => {
  const account = await bank.account(alice, '100');
  const [lapsed, open] = [await place(account), await place(account, '40')];
  await lapseHold(bank.database.pool, lapsed);
  expect((await bank.cloud.fire('expire-holds')).payload).toMatchObject({ expired: 1 });
  const { rows } = await bank.database.pool.query(
    'select id, status from bank.holds where account_id = $1 order by id',
    [account],
  );
  expect(rows).toEqual([
    { id: lapsed, status: 'EXPIRED' },
    { id: open, status: 'OPEN' },
  ]);
});

test('a customer who has been frozen places and captures nothing; a teller lets go of what is held', async () => {
  const account = await bank.account(alice, '100');
  const payee = await bank.account(alice);
  const hold = await place(account);
  await bank.database.pool.query(`update bank.customers set status = 'FROZEN' where id = $1`, [alice.id]);
  for (const [path, body] of [
    ['/holds', { account_id: account, amount: '1' }],
    [`/holds/${hold}/capture`, { to_account_id: payee }],
    [`/holds/${hold}/release`, {}],
  ] as const) {
    expect(await bank.call(alice, 'POST', path, body)).toMatchObject({
      status: 403,
      body: { code: 'CUSTOMER_FROZEN' },
    });
  }
  expect(await bank.call(teller, 'POST', `/holds/${hold}/release`)).toMatchObject({ body: { status: 'RELEASED' } });
});
