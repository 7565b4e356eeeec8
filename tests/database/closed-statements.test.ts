import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createStatementBooks, type StatementBooks } from '../../lambdas/adapters/statement-books.ts';
import { writePast } from '../support/past-postings.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let books: StatementBooks;
let alice: ActingCaller;
let account: string;
beforeAll(async () => {
  bank = await openTestBank();
  books = createStatementBooks(bank.dataApi.database('bank_schedules'));
  alice = await bank.customer();
});
afterAll(() => bank.close());

beforeEach(async () => {
  await setTimeZone('UTC');
  account = await bank.account(alice);
  await writePast(bank.database.pool, account, '2025-03-15T08:00:00Z', [
    { at: '2025-03-20T12:00:00Z', amount: '100' },
    { at: '2025-03-31T22:30:00Z', amount: '10' },
    { at: '2025-04-30T22:30:00Z', amount: '1' },
  ]);
});

const setTimeZone = (zone: string) => bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [zone]);
const read = (period: string) =>
  bank.statements.readStatement({
    account_id: account,
    month: `${period}-01`,
    limit: 50,
    cursor: undefined,
    caller: alice,
  });
const list = () =>
  bank.statements.listStatements({ account_id: account, limit: 100, cursor: undefined, caller: alice });

/** Closes what is over, of all accounts. */
async function closeAll() {
  const total = { closed: 0, broken: [] as object[] };
  for (let next: string | null = null; ; ) {
    const page = await books.closeMonths(next);
    total.closed += page.closed;
    total.broken.push(...page.broken);
    next = page.next;
    if (next === null) {
      return total;
    }
  }
}

async function rowsOf(): Promise<string[]> {
  const sql = `select to_char(period, 'YYYY-MM') as period from bank.statements where account_id = $1 order by period`;
  return (await bank.database.pool.query(sql, [account])).rows.map(({ period }) => period);
}

/** Changes the ledger as nobody may. */
async function tamper(sql: string, parameters: unknown[]): Promise<void> {
  const client = await bank.database.pool.connect();
  try {
    await client.query(`set session_replication_role = 'replica'`);
    await client.query(sql, parameters);
  } finally {
    client.release(true);
  }
}

describe('a month that is over', () => {
  test('is closed by whoever reads first, once, and by the schedule if nobody does', async () => {
    expect(await rowsOf()).toEqual([]);
    await read('2025-03');
    const closed = await rowsOf();
    expect(closed.slice(0, 3)).toEqual(['2025-03', '2025-04', '2025-05']);
    await bank.account(alice);
    await closeAll();
    await list();
    expect(await rowsOf()).toEqual(closed);
  });

  test('is closed once by many at a time, and all of them see the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? read('2025-03') : closeAll())),
    );
    const seen = answers.filter((_, at) => at % 2 === 0);
    expect(new Set(seen.map(answer => JSON.stringify(answer))).size).toBe(1);
    const { rows } = await bank.database.pool.query(
      'select count(*)::integer as twice from bank.statements group by account_id, period having count(*) > 1',
    );
    expect(rows).toEqual([]);
  });

  test('stays as it is when the bank moves to another time zone, and the next begins where it ended', async () => {
    const march = await read('2025-03');
    // Nine hours ahead: by those clocks both late postings were made in the next month.
    await setTimeZone('Asia/Tokyo');
    expect(await read('2025-03')).toEqual(march);
    const all = (await list()).statements.toReversed();
    expect(all.slice(1).map(({ begins_at }) => begins_at)).toEqual(all.slice(0, -1).map(({ ends_at }) => ends_at));
    expect(all.reduce((sum, { line_count }) => sum + line_count, 0)).toBe(3);
  });

  test('that nobody has closed is cut by the clocks of today, and none is counted twice or lost', async () => {
    await setTimeZone('Asia/Tokyo');
    expect(await read('2025-03')).toMatchObject({ closing_balance: '100.00', line_count: 1, time_zone: 'Asia/Tokyo' });
    expect(await read('2025-04')).toMatchObject({ opening_balance: '100.00', closing_balance: '110.00' });
    expect(await read('2025-05')).toMatchObject({ opening_balance: '110.00', closing_balance: '111.00' });
  });

  test('keeps the name and the address that the customer had', async () => {
    await read('2025-03');
    await bank.database.pool.query(`update bank.customers set last_name = 'Byron' where id = $1`, [alice.id]);
    expect((await read('2025-03')).holder.name).not.toContain('Byron');
    const [running] = (await list()).statements;
    expect((await read(running?.period ?? '')).holder.name).toContain('Byron');
  });

  test('cannot be changed or removed, by its owner either', async () => {
    await read('2025-03');
    for (const sql of [
      'update bank.statements set closing_balance = closing_balance + 1, total_in = total_in + 1',
      'update bank.statements set ends_at = ends_at',
      `update bank.statements set holder = '{}'`,
      'delete from bank.statements',
      'truncate bank.statements',
    ]) {
      await expect(bank.database.pool.query(sql)).rejects.toMatchObject({ code: '23001' });
    }
  });

  test('is over a minute after its end, when all that was under way has ended', async () => {
    const { rows } = await bank.database.pool.query(
      `select bank.is_settled(clock_timestamp() - interval '59 seconds') as soon, bank.is_settled(clock_timestamp() - interval '61 seconds') as later`,
    );
    expect(rows).toEqual([{ soon: false, later: true }]);
  });
});

describe('a ledger that does not agree with itself', () => {
  test('has no statement: its month stays open, those before it are closed, and the run tells which', async () => {
    await tamper(
      `update bank.postings set amount = amount + 1 where account_id = $1 and created_at = '2025-04-30T22:30:00Z'`,
      [account],
    );
    expect(await closeAll()).toMatchObject({ broken: [{ account_id: account, period: '2025-04' }] });
    expect(await rowsOf()).toEqual(['2025-03']);
    expect(await read('2025-03')).toMatchObject({ final: true, closing_balance: '110.00' });
    for (const ask of [() => read('2025-04'), list]) {
      await expect(ask()).rejects.toThrow(/does not reconcile/);
    }
    await tamper(
      `update bank.postings set amount = amount - 1 where account_id = $1 and created_at = '2025-04-30T22:30:00Z'`,
      [account],
    );
    expect(await closeAll()).toMatchObject({ broken: [] });
    expect(await read('2025-04')).toMatchObject({ final: true, closing_balance: '111.00' });
  });

  test('does not change what was closed: nobody is shown it, and the view of differences names it', async () => {
    await read('2025-04');
    const differences = `select account_id, to_char(period, 'YYYY-MM') as period from bank.statement_differences`;
    expect((await bank.database.pool.query(differences)).rows).toEqual([]);
    await tamper(
      `update bank.postings set amount = amount + 1 where account_id = $1 and created_at = '2025-03-20T12:00:00Z'`,
      [account],
    );
    await expect(read('2025-03')).rejects.toThrow(/does not lead to its balance/);
    expect(await list()).toMatchObject({
      statements: expect.arrayContaining([expect.objectContaining({ period: '2025-03', closing_balance: '110.00' })]),
    });
    expect((await bank.database.pool.query(differences)).rows).toEqual([{ account_id: account, period: '2025-03' }]);
    await tamper(
      `update bank.postings set amount = amount - 1 where account_id = $1 and created_at = '2025-03-20T12:00:00Z'`,
      [account],
    );
  });
});

test('a backdated posting cannot slip into a closed month: what is posted now is in the running one', async () => {
  const march = await read('2025-03');
  await bank.ledger.postDeposit({
    account_id: account,
    amount: '5',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  expect(await read('2025-03')).toEqual(march);
  const [running] = (await list()).statements;
  expect(running).toMatchObject({ final: false, total_in: '5.00', line_count: 1 });
});
