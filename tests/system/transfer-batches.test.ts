import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  bank = await startSystem();
  [alice, bob] = [await bank.person('customer'), await bank.person('customer')];
});
afterAll(() => bank?.close());

test('a thousand transfers go through in one request, and sent again they are answered as they were', async () => {
  const [from, to] = [await bank.account(alice, '20'), await bank.account(bob)];
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"some": 1000, "many": 1000}' where rule = 'VELOCITY'`,
  );
  const transfers = Array.from({ length: 1000 }, () => ({
    from_account_id: from,
    to_account_id: to,
    amount: '0.01',
    description: 'wages of a thousand people, with a text that is as long as people write it',
  }));
  const headers = { 'idempotency-key': randomUUID() };
  bank.callsSinceLast();
  const first = await bank.call(alice, 'POST', '/transfers/batch', { mode: 'ATOMIC', transfers }, headers);
  expect(bank.callsSinceLast()).toBe(1);
  expect([first.status, first.body.completed, first.body.failed]).toEqual([200, 1000, 0]);
  const again = await bank.call(alice, 'POST', '/transfers/batch', { mode: 'ATOMIC', transfers }, headers);
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  expect(again.body).toEqual(first.body);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['10.00', '10.00']);
});

test('an ATOMIC batch with one refusal is that refusal, and names the place of the transfer', async () => {
  const [from, to] = [await bank.account(alice, '5'), await bank.account(bob)];
  const transfers = [
    { from_account_id: from, to_account_id: to, amount: '1' },
    { from_account_id: to, to_account_id: from, amount: '1' },
  ];
  const { status, body } = await bank.call(alice, 'POST', '/transfers/batch', { mode: 'ATOMIC', transfers });
  expect([status, body.code]).toEqual([403, 'NOT_YOUR_ACCOUNT']);
  expect(body.errors).toMatchObject([{ field: 'transfers.1.from_account_id' }]);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['5.00', '0.00']);
});
