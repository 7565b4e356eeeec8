import { describe, expect, test } from 'vitest';
import { createHoldExpiry } from '../../../lambdas/adapters/hold-expiry.ts';
import { createHolds, type Holds } from '../../../lambdas/adapters/holds.ts';
import { decodeCursor, encodeCursor } from '../../../lambdas/domain/page.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { holdId, holdWith, otherHoldId } from '../support/holds.ts';
import { accountId, otherAccountId, refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

const uuid7 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const ownCaller = expect.stringContaining('"own_accounts_only":true');
const caller = customer;

/** Asks where the database answers so, and answers the one query that was sent. */
async function ask<Outcome>(work: (holds: Holds) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createHolds(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('placing a hold', () => {
  const place = (terms: { key?: string; expires_at?: string; description?: string } = {}, reply?: unknown) => {
    const { key, expires_at, description } = terms;
    const request = { account_id: accountId, amount: '60', expires_at, description, caller, key };
    return ask(holds => holds.placeHold(request), reply ?? { hold: holdWith() });
  };

  test('is one call, with every parameter sent and cast', async () => {
    const terms = { key: 'key-1', expires_at: '2026-03-01T00:00:00Z', description: 'Hotel' };
    const { query, outcome } = await place(terms);
    expect(functionOf(query)).toBe('bank.place_hold');
    expect(castsOf(query)).toEqual({
      id: 'uuid',
      account_id: 'uuid',
      amount: 'numeric',
      expires_at: 'timestamptz',
      description: 'text',
      key: 'text',
      caller: 'jsonb',
    });
    expect(query.parameters).toEqual({ id: uuid7, account_id: accountId, amount: '60', ...terms, caller: ownCaller });
    expect(outcome).toEqual({ hold: holdWith(), replayed: false });
  });

  test('without a term, a description or a key leaves the first two to the bank, and its own id is the key', async () => {
    const { parameters } = (await place()).query;
    expect(parameters).toMatchObject({ expires_at: null, description: null });
    expect(parameters.key).toBe(parameters.id);
  });

  test('that is refused throws, with the transaction that recorded it', async () => {
    const reply = { refusal: { code: 'INSUFFICIENT_FUNDS', field: 'amount' }, transaction: refusedTransaction() };
    const { code, details } = await bankErrorOf(() => place({}, reply));
    expect(code).toBe('INSUFFICIENT_FUNDS');
    expect(details).toMatchObject({ transaction: { id: transactionId }, fields: [{ field: 'amount' }] });
  });
});

describe('capturing a hold', () => {
  const reply = { hold: holdWith({ status: 'CAPTURED' }), transaction: transactionWith() };
  const capture = (terms: { amount?: string; final?: boolean; description?: string; key?: string } = {}) => {
    const { amount, final = true, description, key } = terms;
    const request = { hold_id: holdId, to_account_id: otherAccountId, amount, final, description, caller, key };
    return ask(holds => holds.captureHold(request), reply);
  };

  test('is one call, with every parameter sent and cast', async () => {
    const terms = { amount: '12.50', final: false, description: 'Two nights', key: 'key-1' };
    const { query, outcome } = await capture(terms);
    expect(functionOf(query)).toBe('bank.capture_hold');
    expect(castsOf(query)).toEqual({
      id: 'uuid',
      hold_id: 'uuid',
      to_account_id: 'uuid',
      amount: 'numeric',
      final: 'boolean',
      description: 'text',
      key: 'text',
      caller: 'jsonb',
    });
    expect(query.parameters).toEqual({
      id: uuid7,
      hold_id: holdId,
      to_account_id: otherAccountId,
      ...terms,
      caller: ownCaller,
    });
    expect(outcome).toEqual({ ...reply, replayed: false });
  });

  test('of all that is left names no amount', async () => {
    expect((await capture()).query.parameters).toMatchObject({ amount: null, final: true, description: null });
  });
});

test.each([
  ['reading', 'bank.read_hold', (holds: Holds) => holds.readHold(holdId, caller), {}],
  ['releasing', 'bank.release_hold', (holds: Holds) => holds.releaseHold(holdId, caller), { id: uuid7 }],
])('%s a hold is one call, and answers the hold', async (_what, sqlFunction, work, own) => {
  const { query, outcome } = await ask(work, { hold: holdWith() });
  expect(functionOf(query)).toBe(sqlFunction);
  expect(query.parameters).toEqual({ ...own, hold_id: holdId, caller: ownCaller });
  expect(outcome).toEqual(holdWith());
});

describe('a page of holds', () => {
  const list = (reply: unknown, cursor?: string) =>
    ask(holds => holds.listHolds({ account_id: accountId, status: 'OPEN', limit: 1, cursor, caller }), reply);

  test('is one call, and asks for one more to know whether there is another page', async () => {
    const { query, outcome } = await list({ holds: [holdWith(), holdWith({ id: otherHoldId })] });
    expect(functionOf(query)).toBe('bank.list_holds');
    expect(castsOf(query)).toEqual({
      account_id: 'uuid',
      status: 'text',
      before_created_at: 'timestamptz',
      before_id: 'uuid',
      page_size: 'integer',
      caller: 'jsonb',
    });
    expect(query.parameters).toMatchObject({ account_id: accountId, status: 'OPEN', before_id: null, page_size: 2 });
    expect(outcome.holds).toEqual([holdWith()]);
    expect(decodeCursor('holds', outcome.next_cursor ?? '').id).toBe(holdId);
  });

  test('goes on from a cursor of its own, and from no other', async () => {
    const place = { created_at: holdWith().created_at, id: holdId };
    const { query } = await list({ holds: [] }, encodeCursor('holds', place));
    expect(query.parameters).toMatchObject({ before_created_at: place.created_at, before_id: holdId });
    const error = await bankErrorOf(() => list({ holds: [] }, encodeCursor('transactions', place)));
    expect(error.details.fields).toMatchObject([{ field: 'cursor' }]);
  });

  test('of everything names neither an account nor a status', async () => {
    const request = { account_id: undefined, status: undefined, limit: 1, cursor: undefined, caller };
    const { query } = await ask(holds => holds.listHolds(request), { holds: [] });
    expect(query.parameters).toMatchObject({ account_id: null, status: null });
  });
});

test('expiring a batch is one call, and answers how many ended', async () => {
  const { database, sent } = fakeDatabase(() => ({ expired: 3 }));
  expect(await createHoldExpiry(database).expireHolds(50)).toBe(3);
  expect(sent).toEqual([{ sql: 'select bank.expire_holds(:batch_size::integer)', parameters: { batch_size: 50 } }]);
});
