import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlocksLogged } from '../support/postgres.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let bob: Person;
let teller: Person;
beforeAll(async () => {
  bank = await startSystem();
  [alice, bob, teller] = [await bank.person('customer'), await bank.person('customer'), await bank.person('teller')];
});
afterAll(() => bank?.close());

test('the API is healthy without a token', async () => {
  expect(await bank.call(undefined, 'GET', '/health')).toMatchObject({ status: 200, body: { status: 'healthy' } });
});

test('a customer sends money: 200, COMPLETED, and both balances move', async () => {
  const [from, to] = [await bank.account(alice, '100.00'), await bank.account(bob, '1.00')];
  const client = bank.client(alice);
  const { status, data } = await client.postTransfer({
    body: { from_account_id: from, to_account_id: to, amount: '12.34', description: 'lunch' },
  });
  expect(status).toBe(200);
  expect(data).toMatchObject({
    status: 'COMPLETED',
    amount: '12.34',
    transaction_id: expect.any(String),
    transaction_ref: expect.stringMatching(/^TXN/),
  });
  expect(Date.parse(String(data.completed_at))).not.toBeNaN();
  expect(await client.getBalance({ params: { id: from } })).toMatchObject({
    status: 200,
    data: { account_id: from, balance: '87.66', currency: 'USD', available_balance: '87.66' },
  });
  expect(await bank.balance(to)).toBe('13.34');
});

test('a transfer over HTTP costs exactly one Data API call', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  bank.callsSinceLast();
  await bank.call(alice, 'POST', '/transfer', { from_account_id: from, to_account_id: to, amount: '1' });
  expect(bank.callsSinceLast()).toBe(1);
});

test('an amount may be a JSON number, taken by its text', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  const { status, body } = await bank.call(
    alice,
    'POST',
    '/transfer',
    `{"from_account_id":"${from}","to_account_id":"${to}","amount":4.10}`,
  );
  expect([status, body.amount]).toEqual([200, '4.10']);
});

test('the same Idempotency-Key answers the first transfer again, and says so', async () => {
  const request = {
    from_account_id: await bank.account(alice, '10'),
    to_account_id: await bank.account(bob),
    amount: '4',
  };
  const key = { 'idempotency-key': randomUUID() };
  const first = await bank.call(alice, 'POST', '/transfer', request, key);
  const second = await bank.call(alice, 'POST', '/transfer', request, key);
  expect(second.body).toEqual(first.body);
  expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
  expect(await bank.call(alice, 'POST', '/transfer', { ...request, amount: '5' }, key)).toMatchObject({
    status: 422,
    body: { code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  expect(await bank.balance(request.from_account_id)).toBe('6.00');
});

test('a refusal is a problem that names its code, field, failed transaction and request', async () => {
  const [from, to] = [await bank.account(alice, '1'), await bank.account(bob)];
  const { status, headers, body } = await bank.call(alice, 'POST', '/transfer', {
    from_account_id: from,
    to_account_id: to,
    amount: '2',
  });
  expect(status).toBe(400);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: 'urn:countinghouse:problem:insufficient-funds',
    status: 400,
    code: 'INSUFFICIENT_FUNDS',
    errors: [{ field: 'amount' }],
    transaction_id: expect.any(String),
    request_id: headers.get('x-request-id'),
  });
  expect(await bank.call(alice, 'GET', `/transactions/${body.transaction_id}`)).toMatchObject({
    status: 200,
    body: { status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS' },
  });
});

test('a customer deposits and withdraws where the stage allows it; history is newest first', async () => {
  const account = await bank.account(alice);
  expect(await bank.call(alice, 'POST', '/deposit', { account_id: account, amount: '20.00' })).toMatchObject({
    status: 200,
    body: { status: 'COMPLETED', from_account_id: null, to_account_id: account },
  });
  expect(await bank.call(alice, 'POST', '/withdrawal', { account_id: account, amount: '5.50' })).toMatchObject({
    status: 200,
    body: { from_account_id: account, to_account_id: null },
  });
  const { body } = await bank.call(alice, 'GET', `/transactions?account_id=${account}&limit=1`);
  expect(body.transactions).toMatchObject([{ transaction_type: 'WITHDRAWAL', amount: '5.50' }]);
  const next = await bank.call(alice, 'GET', `/transactions?account_id=${account}&cursor=${body.next_cursor}`);
  expect(next.body).toMatchObject({
    transactions: [{ transaction_type: 'DEPOSIT', amount: '20.00' }],
    next_cursor: null,
  });
});

test('staff reverse a transfer, once; a customer may not', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  const { body } = await bank.call(alice, 'POST', '/transfer', {
    from_account_id: from,
    to_account_id: to,
    amount: '10',
  });
  const path = `/transactions/${body.transaction_id}/reversal`;
  expect(await bank.call(alice, 'POST', path, {})).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await bank.call(teller, 'POST', path, { description: 'wrong account' })).toMatchObject({
    status: 200,
    body: { transaction_type: 'REVERSAL', reverses_transaction_id: body.transaction_id },
  });
  expect(await bank.call(teller, 'POST', path)).toMatchObject({ status: 409, body: { code: 'ALREADY_REVERSED' } });
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['10.00', '0.00']);
  expect(await bank.call(alice, 'GET', `/transactions/${body.transaction_id}`)).toMatchObject({
    body: { status: 'REVERSED' },
  });
});

test('a customer opens an account for itself, on ordinary terms only', async () => {
  const { status, body } = await bank.call(bob, 'POST', '/accounts', { account_type: 'SAVINGS' });
  expect([status, body.customer_id, body.balance, body.currency]).toEqual([201, bob.id, '0.00', 'USD']);
  expect(await bank.call(bob, 'GET', `/accounts/${body.id}`)).toMatchObject({ status: 200, body });
  const list = await bank.call(bob, 'GET', '/accounts');
  expect(list.body.accounts).toContainEqual(body);
  for (const terms of [
    { account_type: 'SAVINGS', overdraft_limit: '1000' },
    { account_type: 'CREDIT' },
    { account_type: 'SAVINGS', customer_id: alice.id },
  ]) {
    expect(await bank.call(bob, 'POST', '/accounts', terms)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  }
});

test('1000 transfers in flight: every one answers 200, the total is conserved, PostgreSQL logs no deadlock', async () => {
  const accounts = await Promise.all(Array.from({ length: 10 }, () => bank.account(alice, '1000')));
  const replies = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      bank.call(alice, 'POST', '/transfer', {
        from_account_id: accounts[index % 10],
        to_account_id: accounts[(index + 1 + (index % 9)) % 10],
        amount: '1.01',
      }),
    ),
  );
  expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([200]));
  const { rows } = await bank.database.pool.query(
    'select sum(balance)::numeric(19,2)::text as total from bank.accounts where id = any($1)',
    [accounts],
  );
  expect(rows).toEqual([{ total: '10000.00' }]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
}, 120_000);
