import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let account: string;
let payee: string;
const analyst: ActingCaller = { ...teller, id: randomUUID(), roles: ['analyst'] };
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(async () => {
  await useFraudRules(bank.database.pool);
  alice = await bank.customer();
  [account, payee] = [await bank.account(alice, '100'), await bank.account(await bank.customer())];
});

function place(amount = '1') {
  const common = { expires_at: undefined, description: undefined, caller: alice, key: undefined };
  return bank.holds.placeHold({ account_id: account, amount, ...common });
}

function capture(hold_id: string, terms: { amount?: string; final?: boolean } = {}) {
  const { amount, final = true } = terms;
  const common = { description: undefined, caller: alice, key: undefined };
  return bank.holds.captureHold({ hold_id, to_account_id: payee, amount, final, ...common });
}

const transfer = () =>
  bank.ledger.postTransfer({
    from_account_id: account,
    to_account_id: payee,
    amount: '1',
    description: undefined,
    caller: alice,
    key: undefined,
  });

async function alerts() {
  const { rows } = await bank.database.pool.query(
    'select transaction_id, risk_score, outcome from bank.fraud_alerts where account_id = $1 order by created_at',
    [account],
  );
  return rows;
}

async function eventOf(id: string) {
  const { rows } = await bank.database.pool.query('select type, data from bank.events where aggregate_id = $1', [id]);
  return rows[0];
}

test('a hold that the rules stop holds nothing, is recorded FAILED, and has an alert that staff can read', async () => {
  await scoreEverything(bank.database.pool, 90);
  const { code, details } = await place('12.50').catch(error => error);
  expect(code).toBe('FRAUD_BLOCKED');
  const id = details.transaction.id;
  expect(await bank.accounts.readAccount(account, alice)).toMatchObject({ held: '0.00', available_balance: '100.00' });
  expect(await alerts()).toEqual([{ transaction_id: id, risk_score: 90, outcome: 'BLOCK_AND_ALERT' }]);
  expect(await eventOf(id)).toMatchObject({
    type: 'TransactionRefused',
    data: { code: 'FRAUD_BLOCKED', from_account_id: account, to_account_id: null, fraud: { score: 90 } },
  });
  const filters = { account_id: account };
  const { alerts: found } = await bank.fraudAlerts.listAlerts({
    filters,
    limit: 1,
    cursor: undefined,
    caller: analyst,
  });
  const read = await bank.fraudAlerts.readCase(found[0]?.id ?? '', analyst);
  expect(read.transaction).toMatchObject({ id, status: 'FAILED', amount: '12.50', to_account_id: null });
});

test('after a false alarm a hold of the same amount passes, once, and its capture too', async () => {
  await scoreEverything(bank.database.pool, 90);
  await expect(place('12.50')).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  const filters = { account_id: account };
  const { alerts: found } = await bank.fraudAlerts.listAlerts({
    filters,
    limit: 1,
    cursor: undefined,
    caller: analyst,
  });
  await bank.fraudAlerts.resolveAlert({
    alert_id: found[0]?.id ?? '',
    resolution: 'FALSE_POSITIVE',
    notes: 'looked into it',
    caller: analyst,
  });
  const { hold } = await place('12.50');
  await expect(place('12.50')).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  const before = await alerts();
  expect((await capture(hold.id)).transaction.status).toBe('COMPLETED');
  expect(await alerts()).toEqual(before);
});

test('a capture is not asked about again: it was when the hold was placed', async () => {
  const { hold } = await place();
  await scoreEverything(bank.database.pool, 90);
  const { transaction } = await capture(hold.id);
  expect(transaction.status).toBe('COMPLETED');
  expect(await eventOf(transaction.id)).toMatchObject({ data: { fraud: { score: 0, outcome: 'APPROVE' } } });
});

test('what the rules flagged when a hold was placed is alerted about when the money moves, for each capture', async () => {
  await scoreEverything(bank.database.pool, 50);
  const { hold } = await place('10');
  expect(await alerts()).toEqual([]);
  expect(await eventOf(hold.id)).toMatchObject({ type: 'HoldPlaced', data: { fraud: { score: 50 } } });
  await useFraudRules(bank.database.pool);
  const first = await capture(hold.id, { amount: '4', final: false });
  const second = await capture(hold.id);
  const flagged = { risk_score: 50, outcome: 'FLAG_FOR_REVIEW' };
  expect(await alerts()).toEqual([
    { transaction_id: first.transaction.id, ...flagged },
    { transaction_id: second.transaction.id, ...flagged },
  ]);
  expect(await eventOf(second.transaction.id)).toMatchObject({ data: { fraud: { score: 50 } } });
});

test('holds that are open count for the velocity of an account as if they had moved: no burst of captures goes unseen', async () => {
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"some": 5, "some_score": 40, "many": 10, "many_score": 80}' where rule = 'VELOCITY'`,
  );
  await useFraudRules(bank.database.pool, 'VELOCITY');
  const placed: string[] = [];
  // The deposit is the first movement.
  for (let count = 1; count <= 10; count += 1) {
    placed.push((await place()).hold.id);
  }
  await expect(place()).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  await expect(transfer()).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  await Promise.all(placed.slice(0, 5).map(id => bank.holds.releaseHold(id, alice)));
  expect((await transfer()).transaction.status).toBe('COMPLETED');
  await Promise.all(placed.slice(5).map(id => capture(id)));
  // The deposit, a transfer, five captures: no hold is counted twice.
  expect((await place()).hold.status).toBe('OPEN');
  expect((await alerts()).map(({ outcome }) => outcome)).toEqual(['BLOCK_PENDING_REVIEW', 'BLOCK_PENDING_REVIEW']);
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});
