import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lockWaits } from '../support/lock-waits.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { backdate, dayFromNow, orderOf, runAll } from '../support/standing-orders.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let one: string;
let two: string;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(async () => {
  alice = await bank.customer();
  [one, two] = [await bank.account(alice, '1000'), await bank.account(alice, '1000')];
});

const today = dayFromNow(0);
const runners = (count: number) => Promise.all(Array.from({ length: count }, () => runAll(bank, today)));

function transfer(from_account_id: string, to_account_id: string, amount: string) {
  const common = { description: undefined, caller: alice, key: undefined };
  return bank.ledger.postTransfer({ from_account_id, to_account_id, amount, ...common });
}

test('of several runners at once each due date is paid by one', async () => {
  const orders = await Promise.all(
    Array.from({ length: 20 }, (_, index) => orderOf(bank, alice, { from: one, to: two }, { amount: `${index + 1}` })),
  );
  const ran = (await runners(6)).flat();
  expect(ran.map(({ order_id }) => order_id).toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
  expect(await bank.balance(two)).toBe('1210.00');
});

test('of several runners at once the missed days of one order are each paid once', async () => {
  const { id } = await orderOf(bank, alice, { from: one, to: two }, { frequency: 'DAILY', amount: '1' });
  await backdate(bank, id, dayFromNow(-19));
  const ran = (await runners(6)).flat().map(({ due_date }) => due_date);
  expect(ran.toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => dayFromNow(index - 19)));
  expect(await bank.balance(two)).toBe('1020.00');
});

test('orders both ways at once with transfers both ways: all is paid, and nobody waits in a circle', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const accounts = index % 2 ? { from: one, to: two } : { from: two, to: one };
      return orderOf(bank, alice, accounts, { amount: index % 2 ? '3' : '2' });
    }),
  );
  const transfers = Array.from({ length: 60 }, (_, index) =>
    index % 2 ? transfer(one, two, '1') : transfer(two, one, '2'),
  );
  const [ran] = await Promise.all([runners(4), ...transfers]);
  expect(ran.flat().map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 'PAID'));
  expect([await bank.balance(one), await bank.balance(two)]).toEqual(['1010.00', '990.00']);
});

test('an order that waits for its account keeps no other from being paid, and is taken by nobody else meanwhile', async () => {
  await orderOf(bank, alice, { from: one, to: two });
  const bob = await bank.customer();
  const free = await orderOf(bank, bob, { from: await bank.account(bob, '50'), to: await bank.account(bob) });
  const mover = await bank.database.pool.connect();
  try {
    await mover.query('begin');
    await mover.query('select from bank.accounts where id = $1 for no key update', [one]);
    const held = bank.orderRuns.runNext(today);
    await lockWaits(bank.database.pool);
    expect(await runAll(bank, today)).toMatchObject([{ order_id: free.id, status: 'PAID' }]);
    await mover.query('commit');
    expect(await held).toMatchObject({ status: 'PAID' });
  } finally {
    await mover.query('rollback');
    mover.release();
  }
  expect(await bank.balance(two)).toBe('1010.00');
});

test('pausing while the due date is being paid waits for it, and stops the next', async () => {
  const { id } = await orderOf(bank, alice, { from: one, to: two }, { frequency: 'DAILY' });
  await backdate(bank, id, dayFromNow(-1));
  const mover = await bank.database.pool.connect();
  try {
    await mover.query('begin');
    await mover.query('select from bank.accounts where id = $1 for no key update', [one]);
    const paying = bank.orderRuns.runNext(today);
    await lockWaits(bank.database.pool);
    const pausing = bank.orders.pauseOrder(id, alice);
    await lockWaits(bank.database.pool, 2);
    await mover.query('commit');
    expect(await paying).toMatchObject({ due_date: dayFromNow(-1), status: 'PAID' });
    expect(await pausing).toMatchObject({ status: 'PAUSED', next_date: today });
  } finally {
    await mover.query('rollback');
    mover.release();
  }
  expect(await runAll(bank, today)).toEqual([]);
});

test('a run that did not commit has done nothing, and is done by the next', async () => {
  const { id } = await orderOf(bank, alice, { from: one, to: two });
  const dying = await bank.database.pool.connect();
  await dying.query('begin');
  await dying.query('select bank.run_standing_order($1)', [today]);
  await dying.query('rollback');
  dying.release();
  expect((await bank.orders.readOrder(id, alice)).runs).toEqual([]);
  expect(await runAll(bank, today)).toMatchObject([{ order_id: id, status: 'PAID' }]);
  expect(await bank.balance(two)).toBe('1010.00');
});

test('after all of this the ledger holds and PostgreSQL has logged no deadlock', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});
