import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { check } from '../../bench/faults/check.ts';
import { openingDescription } from '../../bench/faults/check-database.ts';
import type { Entry, Operation } from '../../bench/faults/history.ts';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { run } from '../support/programs.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let from: string;
let to: string;
beforeEach(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
  [from, to] = [await bank.account(alice), await bank.account(alice)];
  const opening = { account_id: from, amount: '100', description: openingDescription, caller: teller, key: undefined };
  await bank.ledger.postDeposit(opening);
});
afterEach(() => bank.close());

/** What a client takes down of a transfer of 1.00 of which it never heard, and which never happened. */
function unheard(changes: Partial<Operation> = {}): Operation {
  return {
    kind: 'operation',
    key: randomUUID(),
    what: 'transfer',
    from,
    to,
    cents: '100',
    fate: 'unknown',
    code: '',
    transactions: [],
    ...changes,
  };
}

/** What a client takes down of one that succeeded. */
async function transferred(changes: Partial<Operation> = {}): Promise<Operation> {
  const key = randomUUID();
  const transfer = { from_account_id: from, to_account_id: to, amount: '1', description: key, caller: alice, key };
  const { transaction } = await bank.ledger.postTransfer(transfer);
  return unheard({ key, fate: 'done', transactions: [transaction.id], ...changes });
}

/** A whole history around some entries. */
function historyOf(...entries: Entry[]): Entry[] {
  return [
    { kind: 'start', seed: 1, closed: [from, to], total: '10000', balances: { [from]: '10000', [to]: '0' } },
    ...entries,
    { kind: 'end', intact: true, verified: 0, unsealed: 0, deadlocks: 0 },
  ];
}

/** Works on all events, as the worker would. */
async function audited(): Promise<void> {
  await bank.database.pool.query(`
    insert into bank.audit_logs
      select row.* from bank.events entry, lateral bank.audit_log_of(entry, clock_timestamp()) row
       where entry.processed_at is null`);
  await bank.database.pool.query('update bank.events set processed_at = clock_timestamp() where processed_at is null');
}

/** What the checker finds, once all events have been worked on. */
async function checked(...entries: Entry[]): Promise<string[]> {
  await audited();
  return check(historyOf(...entries), bank.database.pool);
}

/** Runs a statement as somebody could whom no trigger stops. */
async function tamper(statement: string, parameters: unknown[] = []): Promise<void> {
  const session = await bank.database.pool.connect();
  try {
    await session.query('set session_replication_role = replica');
    await session.query(statement, parameters);
  } finally {
    session.release(true);
  }
}

test('a history that happened as it says is found to be right, whichever way what was never known went', async () => {
  const entries: Entry[] = [
    await transferred(),
    { kind: 'read', total: '10000' },
    unheard(),
    unheard({ fate: 'refused', code: 'INSUFFICIENT_FUNDS' }),
    await transferred({ fate: 'unknown', transactions: [] }),
    { kind: 'fault', fault: 'PostgreSQL is killed', fired: 1 },
  ];
  expect(await checked(...entries)).toEqual([]);
});

describe('the checker names', () => {
  test('an acknowledged operation that is lost', async () => {
    const lost = { ...(await transferred()), key: randomUUID() };
    expect(await checked(lost)).toContain(`transfer ${lost.key} was acknowledged and is lost`);
  });

  test('an operation that was carried out twice', async () => {
    const twice = await transferred();
    const again = { from_account_id: from, to_account_id: to, amount: '1', description: twice.key, caller: alice };
    await bank.ledger.postTransfer({ ...again, key: undefined });
    expect(await checked(twice)).toContain(`transfer ${twice.key} was carried out 2 times`);
  });

  test('an operation that was refused and carried out', async () => {
    const refused = await transferred({ fate: 'refused', transactions: [] });
    expect(await checked(refused)).toEqual([`transfer ${refused.key} was refused and carried out`]);
  });

  test('an operation that was answered differently each time', async () => {
    const done = await transferred();
    const answered = { ...done, transactions: [...done.transactions, randomUUID()] };
    expect(await checked(answered)).toEqual([`transfer ${done.key} was answered with different transactions`]);
  });

  test('an operation that was answered with the transaction of another', async () => {
    const done = await transferred({ transactions: [randomUUID()] });
    expect(await checked(done)).toEqual([`transfer ${done.key} was answered with a transaction that is not its own`]);
  });

  test('an operation that moved another amount than asked', async () => {
    const done = await transferred({ cents: '200' });
    expect(await checked(done)).toContain(
      `transfer ${done.key} was carried out with other accounts or another amount than asked`,
    );
  });

  test('an operation that nobody asked for', async () => {
    const { key } = await transferred();
    expect(await checked()).toContain(`nobody asked for ${key}, which was carried out`);
  });

  test('a read in which a cent was missing', async () => {
    expect(await checked({ kind: 'read', total: '9999' })).toEqual([
      'a read found 9999 cents in all where there are 10000',
    ]);
  });

  test('a balance that is not what has moved', async () => {
    const done = await transferred();
    await tamper('update bank.accounts set balance = balance - 1 where id = $1', [to]);
    expect(await checked(done)).toEqual([
      `account ${to} should hold 100 cents and holds 0`,
      expect.stringMatching(`account ${to} holds 0.0000 and its postings come to 1.0000`),
    ]);
  });

  test('postings that do not sum to zero', async () => {
    const done = await transferred();
    await tamper('update bank.postings set amount = amount + 0.01 where transaction_id = $1 and amount > 0', [
      done.transactions[0],
    ]);
    expect(await checked(done)).toContain(`the postings of transaction ${done.transactions[0]} do not sum to zero`);
  });

  test('an event that nobody has worked on, and one that was never audited', async () => {
    const done = await transferred();
    const { rows } = await bank.database.pool.query('select id from bank.events where aggregate_id = $1', [
      done.transactions[0],
    ]);
    expect(await check(historyOf(done), bank.database.pool)).toContain(`event ${rows[0].id} has not been processed`);
    await audited();
    await tamper('delete from bank.audit_logs where id = $1', [rows[0].id]);
    expect(await check(historyOf(done), bank.database.pool)).toEqual([`event ${rows[0].id} was audited 0 times`]);
  });

  test('a row of the audit that no event has', async () => {
    await audited();
    await tamper(
      'update bank.audit_logs set id = gen_random_uuid() where id = (select max(id::text)::uuid from bank.audit_logs)',
    );
    expect(await checked()).toContainEqual(expect.stringMatching(/the audit has row .* of no event/));
  });

  test('an audit that does not verify, rows without a seal, and deadlocks', async () => {
    await audited();
    const broken: Entry = { kind: 'end', intact: false, verified: 1, unsealed: 2, deadlocks: 3 };
    expect(await check([...historyOf().slice(0, 1), broken], bank.database.pool)).toEqual([
      'the audit does not verify',
      '2 rows of the audit are not sealed',
      'PostgreSQL logged 3 deadlocks',
    ]);
  });

  test('a history that was cut off', async () => {
    expect(await check(historyOf().slice(0, 1), bank.database.pool)).toEqual(['the history has no start or no end']);
  });
});

test('as a program of its own it ends with 0 for what is right, and with 1 and a line each for what is not', async () => {
  const done = await transferred();
  await audited();
  const file = join(inject('runDirectory'), `${randomUUID()}.jsonl`);
  const checking = async (entries: Entry[]) => {
    await writeFile(file, entries.map(entry => JSON.stringify({ at: 1, ...entry })).join('\n'));
    return run(process.execPath, ['bench/check-history.ts', file, bank.database.url]);
  };
  expect(await checking(historyOf(done, { kind: 'read', total: '10000' }))).toEqual({
    code: 0,
    stdout: '1 operations and 1 reads agree with the database.\n',
    stderr: '',
  });
  expect(await checking(historyOf(done, { kind: 'read', total: '1' }))).toEqual({
    code: 1,
    stdout: 'a read found 1 cents in all where there are 10000\n',
    stderr: '1 things are not as they must be.\n',
  });
});
