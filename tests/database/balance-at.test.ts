import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lockWaits } from '../support/lock-waits.ts';
import { pagesRead } from '../support/pages-read.ts';
import { writePast } from '../support/past-postings.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let account: string;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
  account = await bank.account(alice);
  await writePast(bank.database.pool, account, '2025-01-05T08:00:00Z', [
    { at: '2025-01-10T12:00:00.000001Z', amount: '100' },
    { at: '2025-02-10T12:00:00.5Z', amount: '-30' },
    // Two in the same microsecond: the later one is the one with the higher version.
    { at: '2025-03-10T12:00:00.123456Z', amount: '500' },
    { at: '2025-03-10T12:00:00.123456Z', amount: '-570' },
    { at: '2025-03-10T12:00:00.123457Z', amount: '0.01' },
  ]);
});
afterAll(() => bank.close());

const balanceAt = async (at: string, caller = alice, account_id = account) =>
  (await bank.accounts.readBalanceAt({ account_id, at, caller })).balance;

describe('the balance at a moment', () => {
  test.each([
    ['the opening', '2025-01-05T08:00:00Z', '0.00'],
    ['a microsecond before the first posting', '2025-01-10T12:00:00.000000Z', '0.00'],
    ['exactly the first posting', '2025-01-10T12:00:00.000001Z', '100.00'],
    ['between two postings', '2025-01-31T23:59:59.999999Z', '100.00'],
    ['exactly the second posting', '2025-02-10T12:00:00.5Z', '70.00'],
    ['a moment with an offset', '2025-02-10T13:00:00.4+01:00', '100.00'],
    ['a microsecond before two at once', '2025-03-10T12:00:00.123455Z', '70.00'],
    ['two postings in one microsecond', '2025-03-10T12:00:00.123456Z', '0.00'],
    ['a microsecond after them', '2025-03-10T12:00:00.123457Z', '0.01'],
    ['long after the last', '2025-06-01T00:00:00Z', '0.01'],
  ])('is exact at %s', async (_, at, balance) => {
    expect(await balanceAt(at)).toBe(balance);
  });

  test('tells which moment it is of, in UTC', async () => {
    expect(
      await bank.accounts.readBalanceAt({ account_id: account, at: '2025-02-10T13:00:00+01:00', caller: teller }),
    ).toEqual({
      account_id: account,
      balance: '100.00',
      currency: 'USD',
      at: '2025-02-10T12:00:00+00:00',
    });
  });

  test('after every movement of an account is what the movement left', async () => {
    const busy = await bank.account(alice, '50');
    for (const amount of ['1.10', '2.20', '3.30']) {
      const transfer = {
        from_account_id: busy,
        to_account_id: account,
        amount,
        description: undefined,
        key: undefined,
      };
      await bank.ledger.postTransfer({ ...transfer, caller: teller });
    }
    const { rows } = await bank.database.pool.query(
      `select created_at::text as at, balance_after::numeric(19,2)::text as left_behind from bank.postings where account_id = $1`,
      [busy],
    );
    expect(rows).toHaveLength(4);
    for (const { at, left_behind } of rows) {
      expect(await balanceAt(at, teller, busy)).toBe(left_behind);
    }
  });
});

describe('there is none', () => {
  test('before the account was opened, and the caller is told when that was', async () => {
    await expect(balanceAt('2025-01-05T07:59:59.999999Z')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: {
        fields: [{ field: 'at', message: 'must not be before the account was opened, 2025-01-05T08:00:00+00:00' }],
      },
    });
  });

  test('in the future', async () => {
    await expect(balanceAt(new Date(Date.now() + 60_000).toISOString())).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: 'at', message: 'must not be in the future' }] },
    });
  });

  test('for another customer, nor for an unknown account', async () => {
    const bob = await bank.customer();
    await expect(balanceAt('2025-02-01T00:00:00Z', bob)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(balanceAt('2025-02-01T00:00:00Z', bob, randomUUID())).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
  });
});

test('a moment that has just been waits for the movement that is under way, so that its balance never changes again', async () => {
  const busy = await bank.account(alice, '50');
  const mover = await bank.database.pool.connect();
  try {
    await mover.query('begin');
    await mover.query(`select bank.post_deposit(gen_random_uuid(), $1, 7, null, gen_random_uuid()::text, $2)`, [
      busy,
      JSON.stringify({ id: teller.id, roles: ['teller'], own_accounts_only: false }),
    ]);
    const { rows } = await mover.query('select clock_timestamp()::text as now');
    const asked = balanceAt(rows[0].now, teller, busy);
    await lockWaits(bank.database.pool);
    await mover.query('commit');
    expect(await asked).toBe('57.00');
  } finally {
    mover.release();
  }
});

test('an account with 20000 postings is asked by its index, a few pages of it', async () => {
  const busy = await bank.account(alice);
  const postings = Array.from({ length: 20_000 }, (_, at) => ({
    at: new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString(),
    amount: '1',
  }));
  await writePast(bank.database.pool, busy, '2025-01-01T00:00:00Z', postings);
  await bank.database.pool.query('analyze bank.postings');
  const { pool } = bank.database;
  const everything = 'select sum(amount) from bank.postings where account_id = $1 and created_at <= $2';
  const at = '2025-01-08T00:00:00Z';
  expect(await pagesRead(pool, everything, [busy, at])).toBeGreaterThan(50);
  expect(await pagesRead(pool, 'select bank.balance_at($1, $2)', [busy, at])).toBeLessThan(10);
  expect(await balanceAt(at, teller, busy)).toBe('10081.00');
});
