import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lapseHold } from '../support/lapse-hold.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(() => bank?.close());

function place(account_id: string, amount: string) {
  const common = { expires_at: undefined, description: undefined, caller: alice, key: undefined };
  return bank.holds.placeHold({ account_id, amount, ...common });
}

function capture(hold_id: string, to_account_id: string, terms: { amount?: string; final?: boolean } = {}) {
  const { amount, final = true } = terms;
  const common = { description: undefined, caller: alice, key: undefined };
  return bank.holds.captureHold({ hold_id, to_account_id, amount, final, ...common });
}

async function race(attempts: Promise<unknown>[]) {
  const outcomes = await Promise.allSettled(attempts);
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [String(outcome.reason.code)] : []));
  return { won: outcomes.length - refused.length, refused: [...new Set(refused)] };
}

test('of 50 holds of the whole balance at once exactly one is placed', async () => {
  const account = await bank.account(alice, '80');
  expect(await race(Array.from({ length: 50 }, () => place(account, '80')))).toEqual({
    won: 1,
    refused: ['INSUFFICIENT_FUNDS'],
  });
  expect(await bank.accounts.readAccount(account, teller)).toMatchObject({ held: '80.00', available_balance: '0.00' });
});

test('of 20 captures of one hold at once exactly one moves the money', async () => {
  const [account, payee] = [await bank.account(alice, '100'), await bank.account(alice)];
  const { hold } = await place(account, '60');
  expect(await race(Array.from({ length: 20 }, () => capture(hold.id, payee)))).toEqual({
    won: 1,
    refused: ['HOLD_NOT_OPEN'],
  });
  expect([await bank.balance(account), await bank.balance(payee)]).toEqual(['40.00', '60.00']);
});

test('captures of parts at once never take more than the hold', async () => {
  const [account, payee] = [await bank.account(alice, '100'), await bank.account(alice)];
  const { hold } = await place(account, '60');
  const parts = Array.from({ length: 20 }, () => capture(hold.id, payee, { amount: '9', final: false }));
  expect(await race(parts)).toEqual({ won: 6, refused: ['CAPTURE_EXCEEDS_HOLD'] });
  expect(await bank.accounts.readAccount(account, teller)).toMatchObject({ balance: '46.00', held: '6.00' });
});

test('holds and transfers of the whole balance at once: one of them gets it', async () => {
  const [account, payee] = [await bank.account(alice, '80'), await bank.account(alice)];
  const transfer = () =>
    bank.ledger.postTransfer({
      from_account_id: account,
      to_account_id: payee,
      amount: '80',
      description: undefined,
      caller: alice,
      key: undefined,
    });
  const attempts = Array.from({ length: 20 }, (_, index) => (index % 2 ? place(account, '80') : transfer()));
  expect(await race(attempts)).toEqual({ won: 1, refused: ['INSUFFICIENT_FUNDS'] });
});

test('capture, release and expiry at once: exactly one of them ends the hold, and the money is where that says', async () => {
  const wins = { CAPTURED: 0, RELEASED: 0, EXPIRED: 0 };
  for (let round = 0; round < 20; round += 1) {
    const [account, payee] = [await bank.account(alice, '100'), await bank.account(alice)];
    const { hold } = await place(account, '60');
    const expire = async () => {
      await lapseHold(bank.database.pool, hold.id).catch(() => undefined);
      await bank.holdExpiry.expireHolds(50);
    };
    const acts = [() => capture(hold.id, payee), () => bank.holds.releaseHold(hold.id, alice), expire];
    const inTurn = acts.map((_, index) => acts[(index + round) % acts.length]);
    // Who is quickest is quickest each time: now and then the first one has its way before the others come.
    if (round % 4 === 3) await Promise.allSettled([inTurn.shift()?.()]);
    await Promise.allSettled(inTurn.map(act => act?.()));
    const ended = await bank.holds.readHold(hold.id, alice);
    const { rows } = await bank.database.pool.query(
      `select type from bank.events where aggregate_id = $1 and type <> 'HoldPlaced'`,
      [hold.id],
    );
    const { status } = ended;
    expect(rows).toEqual([{ type: `Hold${status.charAt(0)}${status.slice(1).toLowerCase()}` }]);
    const captured = status === 'CAPTURED';
    expect(ended.transaction_ids).toHaveLength(captured ? 1 : 0);
    expect(await bank.balance(payee)).toBe(captured ? '60.00' : '0.00');
    expect(await bank.accounts.readAccount(account, teller)).toMatchObject({ held: '0.00' });
    wins[status as keyof typeof wins] += 1;
  }
  expect(Object.values(wins).filter(won => won > 0)).toHaveLength(3);
});

test('captures both ways between two accounts at once with transfers wait for nobody in a circle', async () => {
  const [one, two] = [await bank.account(alice, '100'), await bank.account(alice, '100')];
  const holds = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const [from, to] = index % 2 ? [one, two] : [two, one];
      return { id: (await place(from, '2')).hold.id, from, to };
    }),
  );
  await Promise.all(
    holds.flatMap(({ id, from, to }) => [
      capture(id, to),
      bank.ledger.postTransfer({
        from_account_id: to,
        to_account_id: from,
        amount: '1',
        description: undefined,
        caller: alice,
        key: undefined,
      }),
    ]),
  );
  expect([await bank.balance(one), await bank.balance(two)]).toEqual(['100.00', '100.00']);
});

test('after all of this the ledger holds and PostgreSQL has logged no deadlock', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});
