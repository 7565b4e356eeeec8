import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
});
afterAll(() => bank.close());

async function pair(amount: string) {
  return { from_account_id: await bank.account(alice, amount), to_account_id: await bank.account(bob) };
}

test('the same key and request answer the first transaction again and move nothing', async () => {
  const request = { ...(await pair('10')), amount: '3', description: undefined, caller: alice, key: randomUUID() };
  const first = await bank.ledger.postTransfer(request);
  const second = await bank.ledger.postTransfer({ ...request, amount: '3.00' });
  expect(second).toEqual({ transaction: first.transaction, replayed: true });
  expect(await bank.balance(request.from_account_id)).toBe('7.00');
});

test('the same key 50 times at once makes one movement; the rest replay it or are told that it is in flight', async () => {
  const request = { ...(await pair('100')), amount: '1', description: undefined, caller: alice, key: randomUUID() };
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => bank.ledger.postTransfer(request)));
  const done = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []));
  const refused = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason.code] : []));
  expect(done.filter(answer => !answer.replayed)).toHaveLength(1);
  expect(new Set(done.map(answer => answer.transaction.id)).size).toBe(1);
  expect(new Set(refused).isSubsetOf(new Set(['REQUEST_IN_FLIGHT']))).toBe(true);
  expect(await bank.balance(request.from_account_id)).toBe('99.00');
});

test('a key in use answers at once that it is in flight, although the first request holds its caller’s count', async () => {
  const request = { ...(await pair('10')), amount: '1', description: undefined, caller: alice, key: randomUUID() };
  const { from_account_id, to_account_id, key } = request;
  const first = await bank.database.pool.connect();
  try {
    await first.query('begin');
    const caller = JSON.stringify({ id: alice.id, own_accounts_only: true });
    const transfer = 'select bank.post_transfer(gen_random_uuid(), $1, $2, 1, null, $3, $4) as answer';
    const { rows } = await first.query(transfer, [from_account_id, to_account_id, key, caller]);
    expect(rows[0].answer.transaction.status).toBe('COMPLETED');
    await expect(bank.ledger.postTransfer(request)).rejects.toMatchObject({
      code: 'REQUEST_IN_FLIGHT',
      details: { retryAfter: 1 },
    });
  } finally {
    await first.query('commit');
    first.release();
  }
  expect((await bank.ledger.postTransfer(request)).replayed).toBe(true);
  expect(await bank.balance(from_account_id)).toBe('9.00');
});

test('the same key for another request is refused and changes nothing', async () => {
  const request = { ...(await pair('10')), amount: '1', description: undefined, caller: alice, key: randomUUID() };
  await bank.ledger.postTransfer(request);
  for (const other of [{ amount: '2' }, { description: 'other' }, { to_account_id: await bank.account(bob) }]) {
    await expect(bank.ledger.postTransfer({ ...request, ...other })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  }
  expect(await bank.balance(request.from_account_id)).toBe('9.00');
});

test('a key that served one kind of command does not serve another', async () => {
  const key = randomUUID();
  const request = {
    account_id: await bank.account(alice, '10'),
    amount: '1',
    description: undefined,
    caller: teller,
    key,
  };
  await bank.ledger.postDeposit(request);
  await expect(bank.ledger.postWithdrawal(request)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('two callers may use the same key', async () => {
  const key = randomUUID();
  const accounts = await pair('10');
  const request = { ...accounts, amount: '1', description: undefined, key };
  await bank.ledger.postTransfer({ ...request, caller: alice });
  const { replayed } = await bank.ledger.postTransfer({ ...request, caller: teller });
  expect(replayed).toBe(false);
  expect(await bank.balance(accounts.to_account_id)).toBe('2.00');
});

test('a refusal is the answer to its key for good, even when the money has come since', async () => {
  const request = { ...(await pair('1')), amount: '5', description: undefined, caller: alice, key: randomUUID() };
  const first = await bank.ledger.postTransfer(request).catch(error => error);
  await bank.ledger.postDeposit({
    account_id: request.from_account_id,
    amount: '50',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  const second = await bank.ledger.postTransfer(request).catch(error => error);
  expect(first).toMatchObject({ code: 'INSUFFICIENT_FUNDS', details: { replayed: false } });
  expect(second).toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { replayed: true, transaction: first.details.transaction },
  });
});

test('a command sent again after a lost reply has one effect, and is no replay to its caller', async () => {
  const { from_account_id, to_account_id } = await pair('10');
  const id = randomUUID();
  const caller = JSON.stringify({ id: alice.id, own_accounts_only: true });
  const send = () =>
    bank.database.pool.query('select bank.post_transfer($1, $2, $3, 4, null, $4, $5) as answer', [
      id,
      from_account_id,
      to_account_id,
      id,
      caller,
    ]);
  const [first, second] = [await send(), await send()];
  expect(second.rows[0].answer).toEqual({ transaction: first.rows[0].answer.transaction, replayed: false });
  expect(await bank.balance(from_account_id)).toBe('6.00');
});

test('opening an account twice under one key opens one', async () => {
  const request = {
    customer_id: alice.id,
    account_type: 'SAVINGS',
    currency: 'USD',
    interest_rate: '0.02',
    overdraft_limit: '0',
    accountLimit: null,
    verifiedOnly: false,
    caller: teller,
    key: randomUUID(),
  };
  const first = await bank.accounts.openAccount(request);
  expect(await bank.accounts.openAccount(request)).toEqual({ account: first.account, replayed: true });
  await expect(bank.accounts.openAccount({ ...request, account_type: 'CHECKING' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
});
