import { afterAll, beforeAll, expect, test } from 'vitest';
import { moveBank, zoneAt } from '../support/standing-orders.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
});
afterAll(() => bank?.close());

const fire = async () => (await bank.cloud.fire('run-standing-orders')).payload;

test('the schedule pays what is due, from six in the morning on and once, and the customer reads what became of it', async () => {
  const [account, payee] = [await bank.account(alice, '25'), await bank.account(await bank.person('customer'))];
  await moveBank(bank.database.pool, zoneAt(3));
  const { rows } = await bank.database.pool.query('select bank.bank_date()::text as today');
  const order = async () => {
    const request = { from_account_id: account, to_account_id: payee, amount: '20', frequency: 'MONTHLY' };
    const { status, body } = await bank.call(alice, 'POST', '/standing-orders', {
      ...request,
      start_date: rows[0].today,
    });
    expect(status).toBe(201);
    return String(body.id);
  };
  const orders = [await order(), await order()];
  expect(await fire()).toEqual({ paid: 0, retrying: 0, failed: 0 });

  await moveBank(bank.database.pool, zoneAt(12));
  // Noon may be noon of another day: what is due is due then at the latest.
  await bank.database.pool.query('update bank.standing_orders set attempt_on = least(attempt_on, bank.bank_date())');
  expect(await fire()).toEqual({ paid: 1, retrying: 1, failed: 0 });
  expect(await fire()).toEqual({ paid: 0, retrying: 0, failed: 0 });

  const runsOf = async (id: string) => {
    const { body } = await bank.call(alice, 'GET', `/standing-orders/${id}`);
    return body.runs as { status: string; failure_code: string | null; transaction_id: string }[];
  };
  // Orders run side by side: which of the two comes first is open.
  const runs = (await Promise.all(orders.map(runsOf))).flat();
  const [paid, retrying, ...others] = runs.toSorted((one, other) => one.status.localeCompare(other.status));
  expect(paid).toMatchObject({ status: 'PAID', failure_code: null });
  expect(retrying).toMatchObject({ status: 'RETRYING', failure_code: 'INSUFFICIENT_FUNDS' });
  expect(others).toEqual([]);
  const transaction = await bank.call(alice, 'GET', `/transactions/${paid?.transaction_id}`);
  expect(transaction.body).toMatchObject({
    transaction_type: 'TRANSFER',
    from_account_id: account,
    to_account_id: payee,
  });
});
