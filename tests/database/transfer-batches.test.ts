import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { TransferOfBatch } from '../../lambdas/adapters/ledger.ts';
import type { BatchMode } from '../../lambdas/domain/transfer-batch.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { giveLimits } from '../support/rate-limits.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await openTestBank();
});
beforeEach(async () => {
  [alice, bob] = [await bank.customer(), await bank.customer()];
  [from, to] = [await bank.account(alice, '100'), await bank.account(bob)];
  await useFraudRules(bank.database.pool);
});
afterAll(() => bank?.close());

const pays = (amount: string, source = from, destination = to): TransferOfBatch => ({
  from_account_id: source,
  to_account_id: destination,
  amount,
});

function batch(
  transfers: TransferOfBatch[],
  { mode = 'ATOMIC', caller = alice, key }: { mode?: BatchMode; caller?: ActingCaller; key?: string } = {},
) {
  return bank.ledger.postTransferBatch({ mode, transfers, caller, key });
}

const balances = async () => [await bank.balance(from), await bank.balance(to)];

/** Everything that a batch may write. */
const rows = () => Promise.all(['transactions', 'postings', 'events', 'idempotency_keys'].map(bank.count));

test('all transfers of a batch move in one Data API call, each with its transaction', async () => {
  bank.dataApi.callsSinceLast();
  const { batch: done, replayed } = await batch([pays('1.25'), pays('2'), { ...pays('3'), description: 'rent' }]);
  expect(bank.dataApi.callsSinceLast()).toBe(1);
  expect(replayed).toBe(false);
  expect(done).toMatchObject({ mode: 'ATOMIC', completed: 3, failed: 0 });
  expect(await balances()).toEqual(['93.75', '6.25']);
  for (const [index, amount] of ['1.25', '2.00', '3.00'].entries()) {
    const result = done.results[index];
    const transaction = await bank.transactions.readTransaction(`${result?.transaction_id}`, alice);
    expect(transaction).toMatchObject({ status: 'COMPLETED', amount, transaction_ref: result?.transaction_ref });
    expect(transaction.description).toBe(index === 2 ? 'rent' : null);
  }
});

test('the postings of a batch follow one another as if its transfers had come one by one', async () => {
  await batch([pays('10'), pays('4', to, from), pays('1')], { caller: teller });
  const { rows: lines } = await bank.database.pool.query(
    'select amount::float, balance_after::float, account_version::integer from bank.postings where account_id = $1 order by account_version',
    [from],
  );
  expect(lines).toEqual([
    { amount: 100, balance_after: 100, account_version: 2 },
    { amount: -10, balance_after: 90, account_version: 3 },
    { amount: 4, balance_after: 94, account_version: 4 },
    { amount: -1, balance_after: 93, account_version: 5 },
  ]);
});

test('each transfer leaves the event that it would leave alone, without its description', async () => {
  const { batch: done } = await batch([{ ...pays('1'), description: 'for Quentin' }, pays('2')]);
  const { rows: events } = await bank.database.pool.query(
    `select type, data from bank.events where aggregate_id = any($1) order by data ->> 'amount'`,
    [done.results.map(result => result.transaction_id)],
  );
  const { transaction } = await bank.ledger.postTransfer({
    ...pays('1'),
    description: 'alone',
    caller: alice,
    key: undefined,
  });
  const alone = await bank.database.pool.query('select data from bank.events where aggregate_id = $1', [
    transaction.id,
  ]);
  expect(events.map(event => event.type)).toEqual(['TransactionPosted', 'TransactionPosted']);
  expect(Object.keys(events[0].data).sort()).toEqual(Object.keys(alone.rows[0].data).sort());
  expect(events[0].data).toMatchObject({ amount: '1.00', from_balance: '99.00', to_balance: '1.00' });
  expect(events[1].data).toMatchObject({ amount: '2.00', from_balance: '97.00', to_balance: '3.00' });
});

test('what a transfer brings in, one after it can spend, and one before it cannot', async () => {
  const through = await bank.account(alice);
  const [bringing, spending] = [pays('60', from, through), pays('60', through, to)];
  await expect(batch([spending, bringing])).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
  await batch([bringing, spending]);
  expect(await balances()).toEqual(['40.00', '60.00']);
});

describe('an ATOMIC batch', () => {
  test('of which one transfer is refused moves nothing, names its place, and leaves one FAILED transaction', async () => {
    const before = await bank.count('transactions');
    const refused = await batch([pays('60'), pays('60'), pays('1')]).catch(error => error);
    expect([refused.code, refused.details.fields[0].field]).toEqual(['INSUFFICIENT_FUNDS', 'transfers.1.amount']);
    expect(await balances()).toEqual(['100.00', '0.00']);
    expect(await bank.count('transactions')).toBe(before + 1);
    const failed = await bank.transactions.readTransaction(refused.details.transaction.id, alice);
    expect(failed).toMatchObject({ status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS', amount: '60.00' });
  });

  test("that names somebody else's account as its payer is refused and recorded nowhere in its history", async () => {
    const before = await bank.count('transactions');
    const refused = await batch([pays('1'), pays('1', to, from)]).catch(error => error);
    expect([refused.code, refused.details.fields[0].field]).toEqual([
      'NOT_YOUR_ACCOUNT',
      'transfers.1.from_account_id',
    ]);
    expect(await bank.count('transactions')).toBe(before);
  });

  test('is refused again under the same key, also when there is money by then', async () => {
    const key = randomUUID();
    await expect(batch([pays('500')], { key })).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    await bank.ledger.postDeposit({
      account_id: from,
      amount: '900',
      description: undefined,
      caller: teller,
      key: undefined,
    });
    await expect(batch([pays('500')], { key })).rejects.toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { replayed: true },
    });
  });
});

describe('an INDEPENDENT batch', () => {
  test('makes the transfers that nothing speaks against and says of each other why not', async () => {
    const unknown = randomUUID();
    const { batch: done } = await batch(
      [pays('60'), pays('60'), pays('1', to, from), pays('1', from, unknown), pays('0.001'), pays('40')],
      { mode: 'INDEPENDENT' },
    );
    expect(done).toMatchObject({ completed: 2, failed: 4 });
    expect(done.results.map(({ index, status, code }) => [index, status, code])).toEqual([
      [0, 'COMPLETED', null],
      [1, 'FAILED', 'INSUFFICIENT_FUNDS'],
      [2, 'FAILED', 'NOT_YOUR_ACCOUNT'],
      [3, 'FAILED', 'ACCOUNT_NOT_FOUND'],
      [4, 'FAILED', 'AMOUNT_NOT_REPRESENTABLE'],
      [5, 'COMPLETED', null],
    ]);
    expect(done.results.map(result => result.transaction_id !== null)).toEqual([true, true, false, true, false, true]);
    expect(await balances()).toEqual(['0.00', '100.00']);
  });

  test('of which nothing moves is answered all the same', async () => {
    const { batch: done } = await batch([pays('101'), pays('102')], { mode: 'INDEPENDENT' });
    expect(done).toMatchObject({ completed: 0, failed: 2 });
  });
});

describe('a key', () => {
  test.each<BatchMode>(['ATOMIC', 'INDEPENDENT'])(
    'answers an %s batch that is sent again with the first results, and nothing moves',
    async mode => {
      const key = randomUUID();
      const transfers = [pays('1'), pays('1000'), pays('2')].filter((_, n) => mode === 'INDEPENDENT' || n !== 1);
      const first = await batch(transfers, { mode, key });
      const written = await rows();
      const again = await batch(transfers, { mode, key });
      expect(again.batch).toEqual(first.batch);
      expect([first.replayed, again.replayed]).toEqual([false, true]);
      expect(await rows()).toEqual(written);
    },
  );

  test.each([
    ['another amount', () => [pays('2')], 'ATOMIC'],
    ['one transfer more', () => [pays('1'), pays('1')], 'ATOMIC'],
    ['another mode', () => [pays('1')], 'INDEPENDENT'],
  ] as const)('used again with %s is refused', async (_, other, mode) => {
    const key = randomUUID();
    await batch([pays('1')], { key });
    await expect(batch(other(), { key, mode })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('of 20 equal batches at once lets one move', async () => {
    const key = randomUUID();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => batch([pays('1'), pays('2')], { key })));
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled' && !outcome.value.replayed)).toHaveLength(1);
    expect(await balances()).toEqual(['97.00', '3.00']);
  });
});

describe('bad input', () => {
  test('of one transfer changes nothing, and the key is still good', async () => {
    const [key, written] = [randomUUID(), await rows()];
    const refused = await batch([pays('1'), pays('0.001')], { key }).catch(error => error);
    expect([refused.code, refused.details.fields[0].field]).toEqual(['AMOUNT_NOT_REPRESENTABLE', 'transfers.1.amount']);
    expect(await rows()).toEqual(written);
    await batch([pays('1')], { key });
  });
});

describe('the limit of transfers', () => {
  test('counts each transfer of a batch, and lets no batch in of which some would be too many', async () => {
    await giveLimits(bank.database.pool, alice.id, { transfers_per_minute: 5 });
    expect((await batch([pays('1'), pays('1'), pays('1')])).rate_limit).toMatchObject({ quota: 5, remaining: 2 });
    const written = await rows();
    await expect(batch([pays('1'), pays('1'), pays('1')])).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await rows()).toEqual(written);
    expect((await batch([pays('1'), pays('1')])).rate_limit).toMatchObject({ remaining: 0 });
  });

  test('tells a batch that could never come in how many it may have', async () => {
    await giveLimits(bank.database.pool, alice.id, { transfers_per_minute: 1 });
    const refused = await batch([pays('1'), pays('1')]).catch(error => error);
    expect([refused.code, refused.details.fields]).toEqual([
      'INVALID_REQUEST',
      [{ field: 'transfers', message: 'must have at most 1: so many you may make in a minute' }],
    ]);
  });
});

test('money that is held is not there for a batch', async () => {
  await bank.holds.placeHold({
    account_id: from,
    amount: '50',
    expires_at: undefined,
    description: undefined,
    caller: alice,
    key: undefined,
  });
  await expect(batch([pays('30'), pays('30')])).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
});

test('a thousand transfers are answered in one piece, and their events wait for the relay where they are too many to tell', async () => {
  const { batch: done } = await batch(Array.from({ length: 1000 }, () => pays('0.01')));
  expect(done.results).toHaveLength(1000);
  expect(await balances()).toEqual(['90.00', '10.00']);
});

test('batches both ways, and single transfers between them, never wait in a circle, and the ledger holds', async () => {
  await bank.ledger.postDeposit({
    account_id: to,
    amount: '100',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      n % 3 === 2
        ? bank.ledger.postTransfer({ ...pays('1', to, from), description: undefined, caller: teller, key: undefined })
        : batch(n % 3 === 0 ? [pays('1'), pays('2', to, from)] : [pays('2', to, from), pays('1')], { caller: teller }),
    ),
  );
  // 20 batches move 1 there and 2 back; ten transfers move 1 back.
  expect(await balances()).toEqual(['130.00', '70.00']);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});
