import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Finding } from '../../lambdas/domain/reconciliation.ts';
import { writePast } from '../support/past-postings.ts';
import { reconcile } from '../support/reconcile.ts';
import { tamper } from '../support/tamper.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let from: string;
let to: string;
let transaction: string;
beforeAll(async () => {
  bank = await openTestBank();
  const customer = await bank.customer();
  [from, to] = [await bank.account(customer, '100'), await bank.account(customer, '100')];
  const past = await bank.account(customer);
  await writePast(bank.database.pool, past, '2026-01-01T00:00:00Z', [{ at: '2026-01-02T00:00:00Z', amount: '70' }]);
  const terms = { expires_at: undefined, description: undefined, key: undefined, caller: customer };
  await bank.holds.placeHold({ ...terms, account_id: from, amount: '10' });
  transaction = await transfer();
  await transfer();
  await bank.database.pool.query('select bank.close_statements(null, 100)');
  await reconcile(bank);
});
afterAll(() => bank?.close());

async function transfer(): Promise<string> {
  const common = { amount: '5.00', description: undefined, key: undefined, caller: teller };
  return (await bank.ledger.postTransfer({ ...common, from_account_id: from, to_account_id: to })).transaction.id;
}

/** What is found once a statement has altered something, which another one alters back. */
async function findingsAfter(change: string, back: string, values: unknown[] = []): Promise<Finding[]> {
  await tamper(bank, change, values);
  onTestFinished(() => tamper(bank, back, values));
  const { findings, differences, outcome } = await reconcile(bank);
  expect([differences, outcome]).toEqual([findings.length, findings.length === 0 ? 'CLEAN' : 'DIFFERENT']);
  return findings;
}

const about = (check: Finding['check'], about_type: Finding['about_type'], about_id: string, detail: RegExp) => ({
  check,
  about_type,
  about_id,
  detail: expect.stringMatching(detail),
});

test('a bank that nobody has altered has no difference, and the report says what was compared', async () => {
  expect(await reconcile(bank)).toMatchObject({
    accounts: 3,
    transactions: 5,
    postings: 10,
    differences: 0,
    outcome: 'CLEAN',
    findings: [],
  });
});

test('money that moves meanwhile is no difference', async () => {
  let done = false;
  const moving = Promise.all(
    [1, 2, 3].map(async () => {
      while (!done) {
        await transfer().catch(() => undefined);
        await bank.ledger.postDeposit({
          account_id: from,
          amount: '5',
          description: undefined,
          caller: teller,
          key: undefined,
        });
      }
    }),
  );
  const outcomes: string[] = [];
  for (let run = 0; run < 20; run += 1) {
    outcomes.push(...(await reconcile(bank)).findings.map(({ detail }) => detail));
  }
  done = true;
  await moving;
  expect(outcomes).toEqual([]);
});

describe('what was altered is named', () => {
  const posting = 'where transaction_id = $1 and account_id = $2';

  test('the amount of a posting: its transaction and its account', async () => {
    const found = await findingsAfter(
      `update bank.postings set amount = amount - 1 ${posting}`,
      `update bank.postings set amount = amount + 1 ${posting}`,
      [transaction, from],
    );
    expect(found).toEqual([
      about('balance', 'account', from, /balance is \S+, and its postings sum to/),
      about(
        'posting_chain',
        'transaction',
        transaction,
        RegExp(`account ${from} adds -6.0000 to 100.0000 and leaves 95`),
      ),
      about('transaction', 'transaction', transaction, RegExp(`sum to -1.0000: -6.0000 of account ${from}`)),
      about('trial_balance', 'currency', 'USD', /sum to -1.0000/),
    ]);
  });

  test('both amounts of a transaction, so that they still sum to zero', async () => {
    const found = await findingsAfter(
      'update bank.postings set amount = amount * 2 where transaction_id = $1',
      'update bank.postings set amount = amount / 2 where transaction_id = $1',
      [transaction],
    );
    expect(found.find(({ check }) => check === 'transaction')).toEqual(
      about('transaction', 'transaction', transaction, /says 5.0000 and its postings 10.0000/),
    );
  });

  test.each([
    [
      'a balance left',
      `update bank.postings set balance_after = 1 ${posting}`,
      `update bank.postings set balance_after = 95 ${posting}`,
      /leaves 1.0000/,
    ],
    [
      'a version',
      `update bank.postings set account_version = null ${posting}`,
      `update bank.postings set account_version = (select min(account_version) + 2 from bank.postings where account_id = $2) ${posting}`,
      /no version of its own/,
    ],
  ])('%s: its transaction and its account', async (_what, change, back, detail) => {
    const found = await findingsAfter(change, back, [transaction, from]);
    expect(found).toContainEqual(about('posting_chain', 'transaction', transaction, detail));
  });

  test('the account of a posting', async () => {
    const stranger = randomUUID();
    const found = await findingsAfter(
      `update bank.postings set account_id = $3 ${posting}`,
      'update bank.postings set account_id = $2 where transaction_id = $1 and account_id = $3',
      [transaction, from, stranger],
    );
    expect(found).toContainEqual(
      about('transaction', 'transaction', transaction, RegExp(`of accounts ${stranger} and ${to}`)),
    );
  });

  test('the currency of postings', async () => {
    const found = await findingsAfter(
      `update bank.postings set currency = 'EUR' where transaction_id = $1`,
      `update bank.postings set currency = 'USD' where transaction_id = $1`,
      [transaction],
    );
    expect(found).toEqual([about('transaction', 'transaction', transaction, /in USD and its postings in EUR and EUR/)]);
  });

  test('a transaction that is COMPLETED no more', async () => {
    const found = await findingsAfter(
      `update bank.transactions set status = 'FAILED', failure_code = 'X', completed_at = null where id = $1`,
      `update bank.transactions set status = 'COMPLETED', failure_code = null, completed_at = created_at where id = $1`,
      [transaction],
    );
    expect(found).toEqual([about('transaction', 'transaction', transaction, /is FAILED and has 2 postings/)]);
  });

  test('a transaction without its postings, and postings without their transaction', async () => {
    const other = randomUUID();
    const found = await findingsAfter(
      'update bank.postings set transaction_id = $2 where transaction_id = $1',
      'update bank.postings set transaction_id = $1 where transaction_id = $2',
      [transaction, other],
    );
    expect(found).toContainEqual(about('transaction', 'transaction', transaction, /is COMPLETED and has 0 postings/));
    expect(found).toContainEqual(about('transaction', 'transaction', other, /no such transaction, and it has 2/));
  });

  test('a balance', async () => {
    const found = await findingsAfter(
      'update bank.accounts set balance = balance + 1 where id = $1',
      'update bank.accounts set balance = balance - 1 where id = $1',
      [from],
    );
    expect(found).toEqual([about('balance', 'account', from, /./)]);
  });

  test('what is held', async () => {
    const found = await findingsAfter(
      'update bank.accounts set held = held - 1 where id = $1',
      'update bank.accounts set held = held + 1 where id = $1',
      [from],
    );
    expect(found).toEqual([about('holds', 'account', from, /9.0000 is held, and its open holds have 10.0000 left/)]);
  });

  test('a closed statement', async () => {
    const { rows } = await bank.database.pool.query(
      `select account_id from bank.statements where period = '2026-01-01' and line_count = 1`,
    );
    const found = await findingsAfter(
      `update bank.statements set line_count = 2 where account_id = $1 and period = '2026-01-01'`,
      `update bank.statements set line_count = 1 where account_id = $1 and period = '2026-01-01'`,
      [rows[0].account_id],
    );
    expect(found).toEqual([about('statements', 'account', rows[0].account_id, /statement of 2026-01/)]);
  });

  test('a checkpoint of an internal account', async () => {
    const { rows } = await bank.database.pool.query('select internal_id, balance from bank.internal_checkpoints');
    expect(rows).toEqual([{ internal_id: expect.any(String), balance: '-70.0000' }]);
    const [{ internal_id }] = rows;
    const found = await findingsAfter(
      'update bank.internal_checkpoints set balance = balance - 1 where internal_id = $1',
      'update bank.internal_checkpoints set balance = balance + 1 where internal_id = $1',
      [internal_id],
    );
    const detail =
      /CASH USD: its checkpoints from the beginning to \S+ \S+ differ by -71.0000, and its postings sum to -70.0000/;
    expect(found).toEqual([about('internal_checkpoint', 'internal_account', internal_id, detail)]);
  });

  test('interest that has not accrued by the night after its day', async () => {
    const daysAgo = (sign: string) =>
      `update bank.interest_rates set valid_from = valid_from ${sign} 3, recorded_at = recorded_at ${sign} interval '3 days'`;
    const { rows } = await bank.database.pool.query(
      'select (min(valid_from) - 3)::text as day from bank.interest_rates',
    );
    const found = await findingsAfter(daysAgo('-'), daysAgo('+'));
    expect(found).toEqual([
      about('interest', 'job', 'accrue-interest', new RegExp(`^its run for ${rows[0].day} is not completed$`)),
    ]);
  });

  test('an event that nobody has processed for more than ten minutes', async () => {
    const { rows } = await bank.database.pool.query('select id from bank.events order by created_at limit 1');
    const found = await findingsAfter(
      `update bank.events set created_at = created_at - interval '11 minutes' where id = $1`,
      `update bank.events set created_at = created_at + interval '11 minutes' where id = $1`,
      [rows[0].id],
    );
    expect(found).toEqual([
      about('outbox', 'event', rows[0].id, /^it is the oldest of 1 that nobody has processed, from /),
    ]);
  });
});
