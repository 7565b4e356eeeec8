import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { PlaceHold } from '../../lambdas/adapters/holds.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
});
afterAll(() => bank?.close());

const read = (id: string) => bank.accounts.readAccount(id, teller);
const day = 86_400_000;

function place(account_id: string, amount: string, terms: Partial<PlaceHold> = {}) {
  const common = { expires_at: undefined, description: undefined, caller: alice, key: undefined };
  return bank.holds.placeHold({ account_id, amount, ...common, ...terms });
}

const release = (id: string, caller = alice) => bank.holds.releaseHold(id, caller);

async function eventsOf(id: string) {
  const { rows } = await bank.database.pool.query(
    'select type, actor, data from bank.events where aggregate_id = $1 order by created_at',
    [id],
  );
  return rows;
}

describe('a hold', () => {
  test('sets money apart: the balance stays, what is available goes down, and the account has a new version', async () => {
    const account = await bank.account(alice, '100', { overdraft_limit: '20' });
    const { version } = await read(account);
    const { hold } = await place(account, '30', { description: 'hotel' });
    expect(hold).toMatchObject({
      account_id: account,
      amount: '30.00',
      captured_amount: '0.00',
      currency: 'USD',
      status: 'OPEN',
      description: 'hotel',
      transaction_ids: [],
      ended_at: null,
    });
    const now = { balance: '100.00', held: '30.00', available_balance: '90.00', version: version + 1 };
    expect(await read(account)).toMatchObject(now);
    const { accounts } = await bank.accounts.listAccounts({
      customer_id: alice.id,
      limit: 100,
      cursor: undefined,
      caller: alice,
    });
    expect(accounts.find(({ id }) => id === account)).toMatchObject(now);
  });

  test('moves nothing: it leaves an event that says nothing of its description, and no transaction', async () => {
    const account = await bank.account(alice, '10');
    const transactions = await bank.count('transactions');
    const { hold } = await place(account, '10', { description: 'for her alone' });
    expect(await bank.count('transactions')).toBe(transactions);
    const [event, ...others] = await eventsOf(hold.id);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'HoldPlaced',
      actor: { id: alice.id },
      data: { id: hold.id, amount: '10.00' },
    });
    expect(JSON.stringify(event)).not.toContain('for her alone');
  });

  test('lasts 7 days unless the caller says until when, at most 90 days on', async () => {
    const account = await bank.account(alice, '10');
    const lasts = async (expires_at?: Date) => {
      const { hold } = await place(account, '1', { expires_at: expires_at?.toISOString() });
      return Math.round((Date.parse(hold.expires_at) - Date.parse(hold.created_at)) / 60_000);
    };
    expect(await lasts()).toBe(7 * 24 * 60);
    expect(await lasts(new Date(Date.now() + 89 * day))).toBe(89 * 24 * 60);
    for (const ahead of [-1, 91 * day]) {
      await expect(lasts(new Date(Date.now() + ahead))).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        details: { fields: [{ field: 'expires_at', message: 'must be in the future, at most 90 days from now' }] },
      });
    }
  });

  test('under a key is placed once, and answers the same', async () => {
    const account = await bank.account(alice, '10');
    const key = randomUUID();
    const expires_at = new Date(Date.now() + day).toISOString();
    const first = await place(account, '5', { key, expires_at });
    expect(await place(account, '5.00', { key, expires_at })).toEqual({ hold: first.hold, replayed: true });
    expect(await read(account)).toMatchObject({ held: '5.00' });
    await expect(place(account, '5', { key })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('of a part of a cent, on no account, on a stranger’s, or on one that is not active is refused', async () => {
    const [account, his] = [await bank.account(alice, '10'), await bank.account(bob, '10')];
    await expect(place(account, '0.001')).rejects.toMatchObject({ code: 'AMOUNT_NOT_REPRESENTABLE' });
    await expect(place(randomUUID(), '1')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await expect(place(his, '1')).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    for (const status of ['FROZEN', 'CLOSED']) {
      await bank.database.pool.query('update bank.accounts set status = $1 where id = $2', [status, account]);
      await expect(place(account, '1')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
    }
    expect([(await read(account)).held, (await read(his)).held]).toEqual(['0.00', '0.00']);
  });

  test('that is refused is recorded as a FAILED transfer to nobody, and its key answers the same again', async () => {
    const account = await bank.account(alice, '10');
    const key = randomUUID();
    const { details } = await place(account, '10.01', { key, description: 'hotel' }).catch(error => error);
    expect(await bank.transactions.readTransaction(details.transaction.id, alice)).toMatchObject({
      transaction_type: 'TRANSFER',
      status: 'FAILED',
      failure_code: 'INSUFFICIENT_FUNDS',
      from_account_id: account,
      to_account_id: null,
      amount: '10.01',
      description: 'hotel',
    });
    expect(await eventsOf(details.transaction.id)).toMatchObject([{ type: 'TransactionRefused' }]);
    await expect(place(account, '10.01', { key, description: 'hotel' })).rejects.toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { replayed: true, transaction: { id: details.transaction.id } },
    });
  });

  test('is one of at most 100 that are open on an account', async () => {
    const account = await bank.account(alice, '1000');
    const placed = await Promise.all(Array.from({ length: 100 }, () => place(account, '1')));
    await expect(place(account, '1')).rejects.toMatchObject({ code: 'TOO_MANY_HOLDS' });
    await release(placed[0]?.hold.id ?? '');
    expect((await place(account, '1')).hold.status).toBe('OPEN');
  });

  test('may be placed and released by a teller on any account', async () => {
    const account = await bank.account(alice, '10');
    const { hold } = await place(account, '4', { caller: teller });
    expect((await release(hold.id, teller)).status).toBe('RELEASED');
  });
});

describe('releasing', () => {
  test('makes the money available again, once, with one event however often it is said', async () => {
    const account = await bank.account(alice, '10');
    const { hold } = await place(account, '10');
    const released = await release(hold.id);
    expect(released).toMatchObject({ status: 'RELEASED', captured_amount: '0.00', ended_at: expect.any(String) });
    expect(await release(hold.id)).toEqual(released);
    expect((await eventsOf(hold.id)).map(event => event.type)).toEqual(['HoldPlaced', 'HoldReleased']);
    expect(await read(account)).toMatchObject({ held: '0.00', available_balance: '10.00' });
  });

  test('is possible on an account that is frozen', async () => {
    const account = await bank.account(alice, '10');
    const { hold } = await place(account, '10');
    await bank.powers.freezeAccount({ account_id: account, reason: 'a test', caller: teller });
    expect((await release(hold.id)).status).toBe('RELEASED');
  });

  test('of a hold that is nobody’s or a stranger’s is refused', async () => {
    const { hold } = await place(await bank.account(alice, '10'), '10');
    await expect(release(randomUUID())).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' });
    await expect(release(hold.id, bob)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    expect((await bank.holds.readHold(hold.id, alice)).status).toBe('OPEN');
  });
});

describe('reading', () => {
  test('a hold is for its account’s owner and for staff', async () => {
    const { hold } = await place(await bank.account(alice, '10'), '10');
    expect(await bank.holds.readHold(hold.id, alice)).toEqual(hold);
    expect(await bank.holds.readHold(hold.id, teller)).toEqual(hold);
    await expect(bank.holds.readHold(hold.id, bob)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(bank.holds.readHold(randomUUID(), alice)).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' });
  });

  test('lists come newest first, page by page, of one account or all the caller’s own, in one status or any', async () => {
    const carol = await bank.customer();
    const [one, two] = [await bank.account(carol, '10'), await bank.account(carol, '10')];
    const placed: string[] = [];
    for (const account of [one, two, one, two, one]) {
      placed.unshift((await place(account, '1', { caller: carol })).hold.id);
    }
    await release(placed[0] ?? '', carol);
    const list = async (terms: { account_id?: string; status?: 'OPEN' | 'RELEASED' }) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const { account_id, status } = terms;
        const page = await bank.holds.listHolds({ account_id, status, limit: 2, cursor, caller: carol });
        ids.push(...page.holds.map(({ id }) => id));
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return ids;
    };
    expect(await list({})).toEqual(placed);
    expect(await list({ account_id: one })).toEqual([placed[0], placed[2], placed[4]]);
    expect(await list({ status: 'OPEN' })).toEqual(placed.slice(1));
    expect(await list({ account_id: one, status: 'RELEASED' })).toEqual([placed[0]]);
  });

  test('a list of a stranger’s account, or of none, is refused', async () => {
    const list = (account_id: string) =>
      bank.holds.listHolds({ account_id, status: undefined, limit: 1, cursor: undefined, caller: alice });
    await expect(list(await bank.account(bob))).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(list(randomUUID())).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      details: { fields: [{ field: 'account_id' }] },
    });
  });
});

test('nothing of a hold is removed, nor of what captured it, whoever asks', async () => {
  for (const statement of ['delete from bank.holds', 'truncate bank.holds cascade', 'truncate bank.hold_captures']) {
    await expect(bank.database.pool.query(statement)).rejects.toThrow('refused');
  }
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});
