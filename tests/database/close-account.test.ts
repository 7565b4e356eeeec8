import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lockWaits } from '../support/lock-waits.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
});
afterAll(() => bank?.close());

const reason = 'asked at the counter';
const read = (id: string) => bank.accounts.readAccount(id, teller);
const freeze = (account_id: string) => bank.powers.freezeAccount({ account_id, reason, caller: teller });

function close(account_id: string, sweep_to_account_id?: string, key?: string) {
  return bank.powers.closeAccount({ account_id, sweep_to_account_id, reason, key, caller: teller });
}

function move(from_account_id: string, to_account_id: string, amount = '1') {
  return bank.ledger.postTransfer({
    from_account_id,
    to_account_id,
    amount,
    description: undefined,
    caller: alice,
    key: undefined,
  });
}

async function lastEvent(id: string) {
  const { rows } = await bank.database.pool.query(
    'select type, actor, data from bank.events where aggregate_id = $1 order by created_at desc limit 1',
    [id],
  );
  return rows[0];
}

test('closing an empty account leaves it closed for good', async () => {
  const [id, other] = [await bank.account(alice), await bank.account(alice, '5')];
  expect(await close(id)).toMatchObject({ account: { status: 'CLOSED', version: 2 }, replayed: false });
  await expect(move(other, id)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
  for (const again of [() => close(id), () => freeze(id)]) {
    await expect(again()).rejects.toMatchObject({ code: 'WRONG_STATUS' });
  }
  expect(await lastEvent(id)).toMatchObject({
    type: 'AccountClosed',
    data: { old: { status: 'ACTIVE' }, new: { status: 'CLOSED' }, reason },
  });
});

test('closing an account that holds or owes money is refused', async () => {
  const [holds, owes] = [await bank.account(alice, '1'), await bank.account(alice, '0', { overdraft_limit: '5' })];
  await move(owes, await bank.account(bob), '5');
  await expect(close(holds)).rejects.toMatchObject({ code: 'BALANCE_NOT_ZERO' });
  await expect(close(owes)).rejects.toMatchObject({ code: 'BALANCE_NOT_ZERO' });
  await expect(close(owes, holds)).rejects.toMatchObject({ code: 'BALANCE_NOT_ZERO' });
});

test('closing sweeps the balance to another account of the customer: one call, one transfer in the journal', async () => {
  const [id, target] = [await bank.account(alice, '12.34'), await bank.account(alice, '1')];
  bank.dataApi.callsSinceLast();
  const { account } = await close(id, target);
  expect(bank.dataApi.callsSinceLast()).toBe(1);
  expect(account).toMatchObject({ status: 'CLOSED', balance: '0.00' });
  expect(await bank.balance(target)).toBe('13.34');
  const { transactions } = await bank.transactions.listTransactions({
    account_id: id,
    limit: 10,
    cursor: undefined,
    caller: teller,
  });
  expect(transactions[0]).toMatchObject({
    transaction_type: 'TRANSFER',
    status: 'COMPLETED',
    amount: '12.34',
    from_account_id: id,
    to_account_id: target,
  });
  expect(await lastEvent(id)).toMatchObject({ data: { old: { balance: '12.34' }, new: { balance: '0.00' } } });
});

test.each<[string, string, () => Promise<string>]>([
  ['that is not there', 'ACCOUNT_NOT_FOUND', async () => randomUUID()],
  ["of another customer's", 'NOT_YOUR_ACCOUNT', () => bank.account(bob)],
  ['in another currency', 'CURRENCY_MISMATCH', () => bank.account(alice, '0', { currency: 'EUR' })],
  [
    'that is frozen',
    'ACCOUNT_NOT_ACTIVE',
    async () => {
      const frozen = await bank.account(alice);
      await freeze(frozen);
      return frozen;
    },
  ],
])('closing with a sweep to an account %s changes nothing', async (_what, code, target) => {
  const id = await bank.account(alice, '3');
  await expect(close(id, await target())).rejects.toMatchObject({
    code,
    details: { fields: [{ field: 'sweep_to_account_id' }] },
  });
  expect(await read(id)).toMatchObject({ status: 'ACTIVE', balance: '3.00' });
});

test('closing with a sweep to the account itself is refused', async () => {
  const id = await bank.account(alice, '3');
  await expect(close(id, id)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
});

test('closing twice under one key closes once and answers the same', async () => {
  const [id, target] = [await bank.account(alice, '2'), await bank.account(alice)];
  const key = randomUUID();
  const first = await close(id, target, key);
  expect(await close(id, target, key)).toEqual({ account: first.account, replayed: true });
  expect(await bank.balance(target)).toBe('2.00');
  await expect(close(target, undefined, key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test.each([
  ['older', 0],
  ['newer', 1],
])(
  'closing the %s of two accounts waits for the first in the order of ids, and holds neither meanwhile',
  async (_what, index) => {
    const accounts = [await bank.account(alice, '1'), await bank.account(alice, '1')].sort();
    const [first = '', second = ''] = accounts;
    const mover = await bank.database.pool.connect();
    try {
      await mover.query('begin');
      const lock = 'select from bank.accounts where id = $1 for no key update nowait';
      await mover.query(lock, [first]);
      const closing = close(accounts[index] ?? '', accounts[1 - index]);
      await lockWaits(bank.database.pool);
      await mover.query(lock, [second]);
      await mover.query('commit');
      expect((await closing).account.status).toBe('CLOSED');
    } finally {
      await mover.query('rollback');
      mover.release();
    }
  },
);

test('closing at once with transfers in both directions loses no money and waits for nobody in a circle', async () => {
  const [id, target] = [await bank.account(alice, '100'), await bank.account(alice, '100')];
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: 20 }, (_, index) => (index % 2 ? move(id, target) : move(target, id, '2'))),
    close(id, target),
    ...Array.from({ length: 20 }, (_, index) => (index % 2 ? move(target, id, '3') : move(id, target))),
  ]);
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
  expect(outcomes[20]?.status).toBe('fulfilled');
  expect(new Set(refused).isSubsetOf(new Set(['ACCOUNT_NOT_ACTIVE']))).toBe(true);
  expect(await read(id)).toMatchObject({ status: 'CLOSED', balance: '0.00' });
  expect(await bank.balance(target)).toBe('200.00');
});

test('after all of this the ledger holds and PostgreSQL has logged no deadlock', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});
