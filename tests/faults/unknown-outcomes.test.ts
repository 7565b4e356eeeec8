import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createDatabase, dataApiClient } from '../../lambdas/adapters/database.ts';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createLedger, type Ledger } from '../../lambdas/adapters/ledger.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../support/test-bank.ts';
import { lossyProxy } from './proxy.ts';

let bank: TestBank;
let alice: ActingCaller;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
beforeEach(async () => {
  [from, to] = [await bank.account(alice, '1000'), await bank.account(alice)];
});
afterAll(() => bank.close());

/** The ledger as the payments function has it, at another address or with less patience. */
function ledgerAt(endpoint: string, tryMilliseconds?: number): Ledger {
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const target = { resourceArn: 'cluster', secretArn: 'bank_payments', database: bank.database.name };
  const client = dataApiClient(config, tryMilliseconds);
  return createLedger(createDatabase({ target, client, remainingTime: () => 28_000 }));
}

function transferOf(ledger: Ledger, amount = '1') {
  return ledger.postTransfer({
    from_account_id: from,
    to_account_id: to,
    amount,
    description: undefined,
    caller: alice,
    key: undefined,
  });
}

/** Transactions out of the account, by status. */
async function recorded(): Promise<Record<string, number>> {
  const { rows } = await bank.database.pool.query(
    `select status, count(*)::integer as count from bank.transactions where from_account_id = $1 group by status`,
    [from],
  );
  return Object.fromEntries(rows.map(row => [row.status, row.count]));
}

test('the reply to a committed transfer is lost: the retry answers the original, and money moves once', async () => {
  const proxy = await lossyProxy(bank.dataApi.url, n => n % 3 !== 2);
  onTestFinished(() => proxy.close());
  const ledger = ledgerAt(proxy.url);
  for (let index = 0; index < 20; index += 1) {
    const { transaction, replayed } = await transferOf(ledger);
    expect([transaction.status, replayed]).toEqual(['COMPLETED', false]);
  }
  expect(proxy.lost()).toBe(40);
  expect(await recorded()).toEqual({ COMPLETED: 20 });
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['980.00', '20.00']);
});

test('the reply to a refusal is lost: the retry answers the same refusal, which is recorded once', async () => {
  const proxy = await lossyProxy(bank.dataApi.url, n => n === 0);
  onTestFinished(() => proxy.close());
  await expect(transferOf(ledgerAt(proxy.url), '5000')).rejects.toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { replayed: false },
  });
  expect(proxy.lost()).toBe(1);
  expect(await recorded()).toEqual({ FAILED: 1 });
});

test('a statement outlives its client: the retries wait for it instead of saying that it is in flight, and it counts once', async () => {
  const holder = await bank.database.pool.connect();
  await holder.query('begin');
  await holder.query('select from bank.accounts where id = $1 for update', [from]);
  bank.dataApi.callsSinceLast();
  const outcome = transferOf(ledgerAt(bank.dataApi.url, 300));
  let calls = 0;
  while (calls < 3) {
    calls += bank.dataApi.callsSinceLast();
    await pause(20);
  }
  await holder.query('commit');
  holder.release();
  const { transaction, replayed } = await outcome;
  expect([transaction.status, replayed]).toEqual(['COMPLETED', false]);
  expect(await recorded()).toEqual({ COMPLETED: 1 });
  expect(await bank.balance(from)).toBe('999.00');
});

test('backends are terminated under load: every transfer is answered, none is lost, none is made twice', async () => {
  const ledger = ledgerAt(bank.dataApi.url);
  let terminated = 0;
  const working = new AbortController();
  // A bounded number of victims: on a slow machine, one every few milliseconds without end would let nothing through.
  const reaper = (async () => {
    while (terminated < 40 && !working.signal.aborted) {
      const { rows } = await bank.database.pool.query(
        `select count(pg_terminate_backend(pid))::integer as ended from (
           select pid from pg_stat_activity where datname = current_database() and usename = 'bank_payments' and state = 'active' limit 2
         ) victims`,
      );
      terminated += rows[0].ended;
      await pause(15);
    }
  })();
  const answered: string[] = [];
  const workers = Array.from({ length: 8 }, async () => {
    for (let index = 0; index < 25; index += 1) {
      answered.push((await transferOf(ledger)).transaction.id);
    }
  });
  try {
    await Promise.all(workers);
  } finally {
    working.abort();
    await reaper;
  }
  expect(terminated).toBeGreaterThan(10);
  expect(new Set(answered).size).toBe(200);
  expect(await recorded()).toEqual({ COMPLETED: 200 });
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['800.00', '200.00']);
});

test.each(['40001', '40P01'])(
  '%s at two of three tries is retried until the transfer is through, once',
  async state => {
    await bank.database.pool.query(`
    create sequence faults;
    create function fail_at_first() returns trigger language plpgsql security definer as $$
    begin
      if nextval('public.faults') % 3 <> 0 then raise exception 'a fault' using errcode = '${state}'; end if;
      return null;
    end $$;
    create trigger fault after insert on bank.postings for each statement execute function fail_at_first()`);
    onTestFinished(async () => {
      await bank.database.pool.query('drop function fail_at_first cascade; drop sequence faults');
    });
    for (let index = 0; index < 5; index += 1) {
      await transferOf(bank.ledger);
    }
    const { rows } = await bank.database.pool.query('select last_value::integer as fired from faults');
    expect(rows).toEqual([{ fired: 15 }]);
    expect(await recorded()).toEqual({ COMPLETED: 5 });
  },
);

test('after all of this the ledger holds', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});
