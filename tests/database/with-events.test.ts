import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createLedger, type Ledger } from '../../lambdas/adapters/ledger.ts';
import type { BankEvent } from '../../lambdas/domain/events.ts';
import { outboxEvents } from '../support/outbox.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let ledger: Ledger;
let alice: ActingCaller;
let from: string;
let to: string;
let handedOn: BankEvent[][];
beforeAll(async () => {
  bank = await openTestBank();
  ledger = createLedger(
    bank.dataApi.database('bank_payments', async events => {
      handedOn.push(events);
    }),
  );
  alice = await bank.customer();
  [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
});
beforeEach(() => {
  handedOn = [];
});
afterAll(() => bank.close());

const transfer = (amount: string, key?: string) =>
  ledger.postTransfer({ from_account_id: from, to_account_id: to, amount, description: undefined, caller: alice, key });

describe('a call', () => {
  test('hands on what it wrote into the outbox, in the same call of the Data API', async () => {
    bank.dataApi.callsSinceLast();
    const { transaction } = await transfer('1');
    expect(bank.dataApi.callsSinceLast()).toBe(1);
    const [event] = await outboxEvents(bank.database.pool, 'aggregate_id = $1', [transaction.id]);
    expect(handedOn).toMatchObject([[{ id: event?.id, type: 'TransactionPosted', version: 1, data: event?.data }]]);
  });

  test('that is refused hands on that, too', async () => {
    await expect(transfer('5000')).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    expect(handedOn).toMatchObject([[{ type: 'TransactionRefused' }]]);
  });

  test('that replays an answer hands on nothing: the event was the first call’s', async () => {
    const key = randomUUID();
    await transfer('1', key);
    expect((await transfer('1', key)).replayed).toBe(true);
    expect(handedOn).toHaveLength(1);
  });

  test('that writes nothing hands on nothing', async () => {
    await expect(transfer('0.001')).rejects.toMatchObject({ code: 'AMOUNT_NOT_REPRESENTABLE' });
    expect(handedOn).toEqual([]);
  });

  test('hands on its own events only: nothing of the call before it on the same connection', async () => {
    const { pool } = bank.database;
    const client = await pool.connect();
    const record = `select bank.with_events(jsonb_build_object('n', $1::text)) as answer
      from (select bank.record_event('CustomerRegistered', 'customer', gen_random_uuid(), '{}', '{}')) recorded`;
    const [first] = (await client.query(record, ['1'])).rows;
    const [second] = (await client.query(record, ['2'])).rows;
    const [third] = (await client.query(`select bank.with_events('{"n": "3"}') as answer`)).rows;
    client.release();
    expect([first.answer.events, second.answer.events]).toMatchObject([[{}], [{}]]);
    expect(third.answer).toEqual({ n: '3' });
  });
});

test('what is rolled back within a call is not told', async () => {
  const { rows } = await bank.database.pool
    .query(
      `create function pg_temp.half() returns jsonb language plpgsql as $$
     begin
       perform bank.record_event('CustomerRegistered', 'customer', gen_random_uuid(), '{"id": "kept"}', '{}');
       begin
         perform bank.record_event('CustomerFrozen', 'customer', gen_random_uuid(), '{"id": "undone"}', '{}');
         raise exception 'never mind';
       exception when others then null;
       end;
       return '{}';
     end $$; select bank.with_events((select pg_temp.half())) as answer`,
    )
    .then(results => (Array.isArray(results) ? results.at(-1) : results));
  expect(rows[0].answer.events).toMatchObject([{ type: 'CustomerRegistered', actor: { id: 'kept' } }]);
});

test('what is handed on has been committed by then', async () => {
  const seen: number[] = [];
  const looking = createLedger(
    bank.dataApi.database('bank_payments', async events => {
      const rows = await outboxEvents(bank.database.pool, 'id = any($1)', [events.map(({ id }) => id)]);
      seen.push(rows.length);
    }),
  );
  await looking.postWithdrawal({
    account_id: from,
    amount: '1',
    description: undefined,
    caller: alice,
    key: undefined,
  });
  expect(seen).toEqual([1]);
});

test('a call that has committed succeeds, whatever becomes of its events', async () => {
  const failing = createLedger(
    bank.dataApi.database('bank_payments', () => {
      throw new Error('the queue is away');
    }),
  );
  bank.dataApi.callsSinceLast();
  const { transaction } = await failing.postWithdrawal({
    account_id: from,
    amount: '1',
    description: undefined,
    caller: alice,
    key: undefined,
  });
  expect(transaction.status).toBe('COMPLETED');
  expect(bank.dataApi.callsSinceLast()).toBe(1);
});
