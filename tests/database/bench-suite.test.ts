import { afterAll, beforeAll, expect, test } from 'vitest';
import { lostMoney, readBooks } from '../../bench/ledger-check.ts';
import { fillHistory, leastPostings, watchedAccounts } from '../../bench/suite/fill-history.ts';
import { fillAccounts, forgetCounters } from '../../bench/suite/filled-bank.ts';
import { accountId } from '../../bench/suite/ids.ts';
import { measureInTurn } from '../../bench/suite/in-turn.ts';
import type { Work } from '../../bench/suite/load/messages.ts';
import { workLoad } from '../../bench/suite/loads.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';
import { ledgerDifferences } from '../support/test-bank.ts';

const accounts = 200;
const others = accounts - watchedAccounts;
const rounds = 4;
const postings = leastPostings(accounts) + rounds * others;

let database: TestDatabase;

beforeAll(async () => {
  database = await bankDatabase();
  await fillAccounts(database.pool, accounts);
  await fillHistory(database.pool, { accounts, postings }, () => undefined);
});

afterAll(() => database.drop());

test('a bank with a history has as many postings as it is to have, and books that agree', async () => {
  const { rows } = await database.pool.query('select count(*)::integer as count from bank.postings');
  expect(rows[0].count).toBe(postings);
  expect(await ledgerDifferences(database)).toEqual([]);
});

test('each posting of the history tells the balance and the version that the account then had', async () => {
  const { rows } = await database.pool.query(`
    select line.account_id, line.created_at
      from (select line.*, sum(amount) over mine as balance, row_number() over mine as version
              from bank.postings line where account_version is not null
            window mine as (partition by account_id order by created_at, account_version)) line
     where line.balance <> line.balance_after or line.version <> line.account_version`);
  expect(rows).toEqual([]);
});

test('watched accounts have the same history in a young bank and in an old one', async () => {
  const { rows } = await database.pool.query(
    'select count(*)::integer as count from bank.postings where account_id = any($1) group by account_id',
    [[accountId(0), accountId(watchedAccounts - 1)]],
  );
  expect(rows).toEqual([{ count: 301 }, { count: 301 }]);
});

test.each<(url: string) => Work>([
  url => ({ kind: 'floor', url, accounts }),
  url => ({ kind: 'rows', url, accounts }),
  url => ({ kind: 'transfer', url, accounts, spread: 'any' }),
  url => ({ kind: 'batch', url, accounts, size: 5 }),
  url => ({ kind: 'list', url, accounts }),
  url => ({ kind: 'balance-at', url, accounts }),
])('nothing that clients do is refused, and every cent is there afterwards (%#)', async workAt => {
  const before = await readBooks(database.pool);
  const bench = { seconds: 0.2, repeats: 1, progress: () => undefined };
  const load = workLoad(2, workAt(database.url));
  const { figures, failures } = await measureInTurn(bench, { load }, () => forgetCounters(database.pool));
  expect(failures).toEqual([]);
  expect(figures.load.answers_per_second).toBeGreaterThan(0);
  expect(lostMoney(before, await readBooks(database.pool))).toEqual([]);
});
