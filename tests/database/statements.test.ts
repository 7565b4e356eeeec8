import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { StatementSummary } from '../../lambdas/domain/statements/statement.ts';
import { writePast } from '../support/past-postings.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
/** Opened in February 2025, with postings at the edges of months in New York, on both sides of the changes of its clocks. */
let account: string;
beforeAll(async () => {
  bank = await openTestBank();
  await setTimeZone('America/New_York');
  alice = await bank.customer();
  account = await bank.account(alice);
  await writePast(bank.database.pool, account, '2025-02-15T08:00:00Z', [
    { at: '2025-03-01T04:59:59.999999Z', amount: '100' },
    { at: '2025-03-01T05:00:00Z', amount: '20' },
    { at: '2025-04-01T03:59:59.999999Z', amount: '-3' },
    { at: '2025-04-01T04:00:00Z', amount: '0.4' },
    { at: '2025-12-01T04:59:59.999999Z', amount: '-50' },
    { at: '2025-12-01T05:00:00Z', amount: '7' },
  ]);
});
afterAll(() => bank.close());

const setTimeZone = (zone: string) => bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [zone]);

async function summaries(account_id: string, caller = alice, limit = 50): Promise<StatementSummary[]> {
  const found: StatementSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await bank.statements.listStatements({ account_id, limit, cursor, caller });
    found.push(...page.statements);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

const read = (period: string, account_id = account, caller = alice) =>
  bank.statements.readStatement({ account_id, month: `${period}-01`, limit: 50, cursor: undefined, caller });

describe('a month', () => {
  test.each([
    [
      '2025-02',
      '2025-02-01T05:00:00+00:00',
      '2025-03-01T05:00:00+00:00',
      ['0.00', '100.00', '0.00', '100.00'],
      ['2025-02-28'],
    ],
    [
      '2025-03',
      '2025-03-01T05:00:00+00:00',
      '2025-04-01T04:00:00+00:00',
      ['100.00', '20.00', '3.00', '117.00'],
      ['2025-03-01', '2025-03-31'],
    ],
    [
      '2025-04',
      '2025-04-01T04:00:00+00:00',
      '2025-05-01T04:00:00+00:00',
      ['117.00', '0.40', '0.00', '117.40'],
      ['2025-04-01'],
    ],
    ['2025-08', '2025-08-01T04:00:00+00:00', '2025-09-01T04:00:00+00:00', ['117.40', '0.00', '0.00', '117.40'], []],
    [
      '2025-11',
      '2025-11-01T04:00:00+00:00',
      '2025-12-01T05:00:00+00:00',
      ['117.40', '0.00', '50.00', '67.40'],
      ['2025-11-30'],
    ],
    [
      '2025-12',
      '2025-12-01T05:00:00+00:00',
      '2026-01-01T05:00:00+00:00',
      ['67.40', '7.00', '0.00', '74.40'],
      ['2025-12-01'],
    ],
  ])(
    'begins and ends at midnight by the clocks of the bank: %s',
    async (period, begins_at, ends_at, figures, dates) => {
      const { opening_balance, total_in, total_out, closing_balance, lines, ...rest } = await read(period);
      expect(rest).toMatchObject({ begins_at, ends_at, period, final: true, time_zone: 'America/New_York' });
      expect([opening_balance, total_in, total_out, closing_balance]).toEqual(figures);
      expect(lines.map(({ date }) => date)).toEqual(dates);
    },
  );

  test('opens with what the one before it closed with, and no posting is in two of them or in none', async () => {
    const all = (await summaries(account)).toReversed();
    expect(all[0]).toMatchObject({ period: '2025-02', opening_balance: '0.00' });
    for (const [at, { opening_balance, begins_at }] of all.slice(1).entries()) {
      expect([opening_balance, begins_at]).toEqual([all[at]?.closing_balance, all[at]?.ends_at]);
    }
    expect(all.reduce((sum, { line_count }) => sum + line_count, 0)).toBe(6);
    expect(all.at(-1)?.closing_balance).toBe(await bank.balance(account));
  });

  test('that is running is provisional, and takes in what is posted', async () => {
    const busy = await bank.account(alice, '25');
    const [running, ...others] = await summaries(busy);
    expect(others).toEqual([]);
    expect(running).toMatchObject({ final: false, opening_balance: '0.00', closing_balance: '25.00', line_count: 1 });
    await bank.ledger.postWithdrawal({
      account_id: busy,
      amount: '5',
      description: undefined,
      caller: teller,
      key: undefined,
    });
    expect(await read(running?.period ?? '', busy)).toMatchObject({
      final: false,
      total_out: '5.00',
      closing_balance: '20.00',
    });
  });

  test.each(['2025-01', '2024-02', '9999-12'])('that the account did not have has no statement: %s', async period => {
    await expect(read(period)).rejects.toMatchObject({
      code: 'STATEMENT_NOT_FOUND',
      details: { fields: [{ field: 'period' }] },
    });
  });

  test('after an account was closed has none, the month of its closing has one', async () => {
    const closed = await bank.account(alice);
    await writePast(bank.database.pool, closed, '2025-05-10T12:00:00Z', [
      { at: '2025-05-11T12:00:00Z', amount: '9' },
      { at: '2025-06-12T12:00:00Z', amount: '-9' },
    ]);
    await bank.database.pool.query(
      `update bank.accounts set status = 'CLOSED', updated_at = '2025-07-02T12:00:00Z' where id = $1`,
      [closed],
    );
    expect((await summaries(closed)).map(({ period, final }) => [period, final])).toEqual([
      ['2025-07', true],
      ['2025-06', true],
      ['2025-05', true],
    ]);
  });
});

test.each([1, 2, 5, 100])('pages of %i hold each statement once, newest first', async limit => {
  const periods = (await summaries(account, alice, limit)).map(({ period }) => period);
  expect(periods.length).toBeGreaterThan(11);
  expect(periods).toEqual([...new Set(periods)].sort().toReversed());
});

test("a line has the transaction, the sign of its side, and of the other side's number the last four digits", async () => {
  const bob = await bank.customer();
  const [from, to] = [await bank.account(alice, '40'), await bank.account(bob)];
  const { transaction } = await bank.ledger.postTransfer({
    from_account_id: from,
    to_account_id: to,
    amount: '12.5',
    description: 'Rent',
    caller: alice,
    key: undefined,
  });
  const numbers = await Promise.all(
    [from, to].map(async id => (await bank.accounts.readAccount(id, teller)).account_number),
  );
  const common = {
    date: expect.any(String),
    posted_at: transaction.created_at,
    transaction_id: transaction.id,
    transaction_ref: transaction.transaction_ref,
    transaction_type: 'TRANSFER',
    description: 'Rent',
  };
  const [{ period = '' } = {}] = await summaries(from);
  const out = await read(period, from);
  expect(out.lines.at(-1)).toEqual({
    ...common,
    counterparty_last4: numbers[1]?.slice(-4),
    amount: '-12.50',
    balance: '27.50',
  });
  expect(out.lines[0]).toMatchObject({ transaction_type: 'DEPOSIT', counterparty_last4: null, amount: '40.00' });
  expect(out.account_last4).toBe(numbers[0]?.slice(-4));
  const into = await read(period, to, bob);
  expect(into.lines).toEqual([
    { ...common, counterparty_last4: numbers[0]?.slice(-4), amount: '12.50', balance: '12.50' },
  ]);
});

test('it is the owner’s and the staff’s to read', async () => {
  const stranger = await bank.customer();
  for (const ask of [() => read('2025-03', account, stranger), () => summaries(account, stranger)]) {
    await expect(ask()).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT', details: { fields: [{ field: 'id' }] } });
  }
  for (const ask of [() => read('2025-03', randomUUID(), teller), () => summaries(randomUUID(), teller)]) {
    await expect(ask()).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND', details: { fields: [{ field: 'id' }] } });
  }
  expect(await read('2025-03', account, teller)).toEqual(await read('2025-03'));
});

test('each reading counts as a request of the customer’s', async () => {
  const requests = async () =>
    (await bank.database.pool.query('select requests from bank.rate_counters where customer_id = $1', [alice.id]))
      .rows[0].requests;
  const before = await requests();
  await read('2025-03');
  await summaries(account);
  expect(await requests()).toBe(before + 2);
});
