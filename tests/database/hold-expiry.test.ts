import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lapseHold } from '../support/lapse-hold.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(() => bank?.close());

const read = (id: string) => bank.accounts.readAccount(id, teller);

function place(account_id: string, amount: string) {
  const common = { expires_at: undefined, description: undefined, caller: alice, key: undefined };
  return bank.holds.placeHold({ account_id, amount, ...common });
}

/** An account that has 100, all of it held by a hold that has expired and that nobody has ended. */
async function lapsed() {
  const account = await bank.account(alice, '100');
  const { hold } = await place(account, '100');
  await lapseHold(bank.database.pool, hold.id);
  return { account, id: hold.id };
}

/** What the rows say, whatever reading makes of them. */
async function written({ account, id }: { account: string; id: string }) {
  const { rows } = await bank.database.pool.query(
    `select hold.status, account.held::numeric(19,2)::text as held, account.version::integer as version
       from bank.holds hold, bank.accounts account where hold.id = $1 and account.id = $2`,
    [id, account],
  );
  return rows[0];
}

const expiredEvents = async (id: string) =>
  (
    await bank.database.pool.query(
      `select actor, data from bank.events where aggregate_id = $1 and type = 'HoldExpired'`,
      [id],
    )
  ).rows;

const close = (account_id: string, sweep_to_account_id: string) =>
  bank.powers.closeAccount({ account_id, sweep_to_account_id, reason: 'a test', key: undefined, caller: teller });

const update = (account_id: string, overdraft_limit: string) =>
  bank.powers.updateAccount({ account_id, overdraft_limit, interest_rate: undefined, version: null, caller: teller });

describe('a hold that has expired and that nobody has ended', () => {
  test('reads EXPIRED, by itself and in lists, and is no open one', async () => {
    const { account, id } = await lapsed();
    const hold = await bank.holds.readHold(id, alice);
    expect(hold).toMatchObject({ status: 'EXPIRED', ended_at: hold.expires_at });
    const list = async (status: 'OPEN' | 'EXPIRED') =>
      (await bank.holds.listHolds({ account_id: account, status, limit: 10, cursor: undefined, caller: alice })).holds;
    expect(await list('EXPIRED')).toEqual([hold]);
    expect(await list('OPEN')).toEqual([]);
  });

  test('does not count in a list of accounts, which ends nothing', async () => {
    const one = await lapsed();
    const { accounts } = await bank.accounts.listAccounts({
      customer_id: alice.id,
      limit: 100,
      cursor: undefined,
      caller: alice,
    });
    expect(accounts.find(account => account.id === one.account)).toMatchObject({
      held: '0.00',
      available_balance: '100.00',
    });
    expect(await written(one)).toMatchObject({ status: 'OPEN', held: '100.00' });
  });

  test('is ended by reading its account, so that what is read never changes under one version', async () => {
    const one = await lapsed();
    const before = await written(one);
    const account = await read(one.account);
    expect(account).toMatchObject({ held: '0.00', available_balance: '100.00', version: before.version + 1 });
    expect(await written(one)).toEqual({ status: 'EXPIRED', held: '0.00', version: before.version + 1 });
    expect(await read(one.account)).toEqual(account);
  });

  test.each<[string, (account: string) => Promise<unknown>]>([
    [
      'a transfer',
      async account =>
        bank.ledger.postTransfer({
          from_account_id: account,
          to_account_id: await bank.account(alice),
          amount: '100',
          description: undefined,
          caller: alice,
          key: undefined,
        }),
    ],
    [
      'a withdrawal',
      account =>
        bank.ledger.postWithdrawal({
          account_id: account,
          amount: '100',
          description: undefined,
          caller: alice,
          key: undefined,
        }),
    ],
    ['another hold', account => place(account, '100')],
    ['closing the account', async account => close(account, await bank.account(alice))],
    ['a change of the overdraft limit', account => update(account, '0')],
  ])('does not stand in the way of %s, which ends it first', async (_what, act) => {
    const one = await lapsed();
    await act(one.account);
    expect((await written(one)).status).toBe('EXPIRED');
    expect(await expiredEvents(one.id)).toMatchObject([
      { actor: { roles: ['system'] }, data: { status: 'EXPIRED', amount: '100.00' } },
    ]);
  });

  test('can be neither captured nor released', async () => {
    const one = await lapsed();
    const capture = { amount: undefined, final: true, description: undefined, caller: alice, key: undefined };
    await expect(
      bank.holds.captureHold({ hold_id: one.id, to_account_id: await bank.account(alice), ...capture }),
    ).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect((await written(one)).status).toBe('EXPIRED');
    const two = await lapsed();
    await expect(bank.holds.releaseHold(two.id, alice)).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect((await written(two)).status).toBe('EXPIRED');
  });

  test('keeps what was captured of it, and only the rest is free again', async () => {
    const account = await bank.account(alice, '100');
    const { hold } = await place(account, '100');
    const payee = await bank.account(alice);
    const part = { amount: '30', final: false, description: undefined, caller: alice, key: undefined };
    await bank.holds.captureHold({ hold_id: hold.id, to_account_id: payee, ...part });
    await lapseHold(bank.database.pool, hold.id);
    expect(await read(account)).toMatchObject({ balance: '70.00', held: '0.00', available_balance: '70.00' });
    expect(await bank.holds.readHold(hold.id, alice)).toMatchObject({ status: 'EXPIRED', captured_amount: '30.00' });
  });
});

describe('the schedule', () => {
  test('ends what has expired, batch by batch, whatever the status of the account, and leaves the rest', async () => {
    const open = await place(await bank.account(alice, '5'), '5');
    const ones = await Promise.all(Array.from({ length: 5 }, lapsed));
    await bank.powers.freezeAccount({ account_id: ones[0]?.account ?? '', reason: 'a test', caller: teller });
    let total = 0;
    for (let expired = 1; expired > 0; ) {
      expired = await bank.holdExpiry.expireHolds(2);
      expect(expired).toBeLessThanOrEqual(2);
      total += expired;
    }
    expect(total).toBeGreaterThanOrEqual(5);
    for (const one of ones) {
      expect(await written(one)).toMatchObject({ status: 'EXPIRED', held: '0.00' });
      expect(await expiredEvents(one.id)).toHaveLength(1);
    }
    expect((await bank.holds.readHold(open.hold.id, alice)).status).toBe('OPEN');
  });

  test('waits for no account on which money is being moved: it comes again', async () => {
    const one = await lapsed();
    const mover = await bank.database.pool.connect();
    try {
      await mover.query('begin');
      await mover.query('select from bank.accounts where id = $1 for no key update', [one.account]);
      expect(await bank.holdExpiry.expireHolds(50)).toBe(0);
    } finally {
      await mover.query('rollback');
      mover.release();
    }
    expect(await bank.holdExpiry.expireHolds(50)).toBe(1);
  });

  test('at once with itself and with transfers both ways ends each hold once, and nobody waits in a circle', async () => {
    const ones = await Promise.all(Array.from({ length: 8 }, lapsed));
    const move = (from: number, to: number) =>
      bank.ledger.postTransfer({
        from_account_id: ones[from % 8]?.account ?? '',
        to_account_id: ones[to % 8]?.account ?? '',
        amount: '1',
        description: undefined,
        caller: alice,
        key: undefined,
      });
    const moves = Array.from({ length: 32 }, (_, index) =>
      index % 2 ? move(index, index + 3) : move(index + 3, index),
    );
    await Promise.all([...moves, ...Array.from({ length: 6 }, () => bank.holdExpiry.expireHolds(50))]);
    await bank.holdExpiry.expireHolds(50);
    for (const one of ones) {
      expect(await expiredEvents(one.id)).toHaveLength(1);
    }
  });
});

test('after all of this the ledger holds and PostgreSQL has logged no deadlock', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});
