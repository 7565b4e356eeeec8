import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { type ReviewFeatures, reviewFeatures, ruleDefinition } from '../../lambdas/domain/fraud/features.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { type PastPayment, payInThePast } from '../support/history.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

const answer = z.object({ rules: z.array(ruleDefinition), transactions: z.array(reviewFeatures) });

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let [checking, savings, bobs] = ['', '', ''];

beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());
beforeEach(async () => {
  [alice, bob] = [await bank.customer(), await bank.customer()];
  [checking, savings, bobs] = [
    await bank.account(alice, '50000'),
    await bank.account(alice),
    await bank.account(bob, '500'),
  ];
});

/** As the worker asks. */
async function read(events: string[]) {
  return bank.dataApi.database('bank_workers').query({
    sql: 'select bank.read_review_features(:events::jsonb)',
    parameters: { events: JSON.stringify(events) },
    answer,
  });
}

async function eventOf(transactionId: string): Promise<string> {
  const { rows } = await bank.database.pool.query('select id from bank.events where aggregate_id = $1', [
    transactionId,
  ]);
  return rows[0].id;
}

async function featuresOf(transactionId: string): Promise<ReviewFeatures> {
  const [features] = (await read([await eventOf(transactionId)])).transactions;
  if (!features) throw new Error('The event has no features');
  return features;
}

/** A payment of today, and its features. */
async function pay(amount: string, { from = checking, to = bobs, caller = alice } = {}): Promise<ReviewFeatures> {
  const request = { from_account_id: from, to_account_id: to, amount, description: undefined, caller, key: undefined };
  return featuresOf((await bank.ledger.postTransfer(request)).transaction.id);
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** Payments of the past: of the checking account to the other customer, unless told otherwise. */
async function paid(...payments: (Partial<PastPayment> & { hours: number })[]): Promise<void> {
  await payInThePast(
    bank.database.pool,
    payments.map(({ hours, ...rest }) => ({ from: checking, to: bobs, by: alice.id, ...rest, at: hoursAgo(hours) })),
  );
}

describe('what is read', () => {
  test('are the rules of the review that are switched on, and no others', async () => {
    await useFraudRules(bank.database.pool, 'STRUCTURING', 'VELOCITY');
    const { rules } = await read([]);
    expect(rules).toEqual([{ rule: 'STRUCTURING', parameters: expect.objectContaining({ threshold: '10000' }) }]);
    await useFraudRules(bank.database.pool);
  });

  test('is the payment itself, with its money as text', async () => {
    const features = await pay('12.5', { caller: { ...alice, ip: '198.51.100.7' } });
    expect(features).toMatchObject({
      transaction_type: 'TRANSFER',
      from_account_id: checking,
      to_account_id: bobs,
      amount: '12.50',
      currency: 'USD',
      ip: '198.51.100.7',
      between_own_accounts: false,
    });
  });

  test('are movements that happened: of refused ones, of processed events and of unknown ids nothing is told', async () => {
    const [{ event_id }, gone] = [await pay('1'), await pay('2')];
    await bank.database.pool.query('update bank.events set processed_at = now() where id = $1', [gone.event_id]);
    await expect(pay('60000')).rejects.toThrow();
    const refused = await bank.database.pool.query("select id from bank.events where type = 'TransactionRefused'");
    const ids = [event_id, gone.event_id, randomUUID(), ...refused.rows.map(row => row.id)];
    const { transactions } = await read(ids);
    expect(transactions.map(features => features.event_id)).toEqual([event_id]);
  });

  test('are deposits and withdrawals, too, but no reversals', async () => {
    const movement = { account_id: checking, amount: '10', description: undefined, caller: teller, key: undefined };
    const withdrawal = await bank.ledger.postWithdrawal(movement);
    const deposit = await bank.ledger.postDeposit(movement);
    expect(await featuresOf(withdrawal.transaction.id)).toMatchObject({
      transaction_type: 'WITHDRAWAL',
      first_payment: false,
    });
    expect(await featuresOf(deposit.transaction.id)).toMatchObject({ transaction_type: 'DEPOSIT', idle_since: null });
    const { transaction } = await bank.ledger.postReversal({
      transaction_id: deposit.transaction.id,
      description: undefined,
      caller: teller,
      key: undefined,
    });
    expect((await read([await eventOf(transaction.id)])).transactions).toEqual([]);
  });

  test('is as it was when the payment was made, however much later it is asked', async () => {
    await paid({ hours: 2, ip: '203.0.113.9' });
    const features = await pay('7000');
    await pay('8000');
    await paid({ hours: -1, ip: '203.0.113.10' });
    await payInThePast(bank.database.pool, [{ from: bobs, to: checking, at: hoursAgo(-1) }]);
    expect(await featuresOf(features.transaction_id)).toEqual(features);
  });
});

describe('the payment before', () => {
  test('is the last one that the same person made with an address, from any of its accounts', async () => {
    await paid(
      { hours: 9, ip: '203.0.113.1' },
      { hours: 5, ip: '203.0.113.2', from: savings },
      { hours: 4 },
      { hours: 3, ip: '203.0.113.4', by: teller.id },
      { hours: 2, ip: '203.0.113.5', status: 'FAILED' },
    );
    expect((await pay('1')).previous_payment).toMatchObject({ ip: '203.0.113.2' });
  });

  test('comes with the addresses of days ago, one of each network, unless both are of one', async () => {
    const home = '2001:db8:1:2::7';
    await paid(
      { hours: 100, ip: '203.0.113.1' },
      { hours: 110, ip: '2001:db8:1:2::9' },
      { hours: 120, ip: home },
      { hours: 130, ip: '203.0.113.3', by: teller.id },
      { hours: 140 },
      { hours: 91 * 24, ip: '203.0.113.4' },
      { hours: 2, ip: '203.0.113.5' },
    );
    const { known_addresses, transaction_id } = await pay('1', { caller: { ...alice, ip: '198.51.100.7' } });
    expect(known_addresses).toEqual(['203.0.113.1', '2001:db8:1:2::9']);
    await paid({ hours: 1, ip: '203.0.113.5' });
    expect((await featuresOf(transaction_id)).known_addresses).toHaveLength(2);
    expect((await pay('1', { caller: { ...alice, ip: '198.51.100.7' } })).known_addresses).toEqual([]);
  });

  test('may have been made from no address at all, whatever is written there', async () => {
    await paid({ hours: 100, ip: 'elsewhere' }, { hours: 1, ip: 'nowhere' });
    expect(await pay('1')).toMatchObject({ previous_payment: { ip: 'nowhere' }, known_addresses: [] });
  });

  test('is none after three days, and none of what staff do', async () => {
    await paid({ hours: 73, ip: '203.0.113.1' });
    expect((await pay('1')).previous_payment).toBeNull();
    await paid({ hours: 1, ip: '203.0.113.1', by: teller.id });
    expect((await pay('1', { caller: teller })).previous_payment).toBeNull();
  });
});

describe('recent payments', () => {
  test('are what left the customer within three days, from any of its accounts, newest first', async () => {
    await paid({ hours: 71, amount: '3' }, { hours: 5, amount: '2', from: savings }, { hours: 73, amount: '9' });
    await paid({ hours: 4, amount: '8', to: savings }, { hours: 4, amount: '7', status: 'FAILED' });
    const { recent_payments } = await pay('1');
    expect(recent_payments.map(({ account_id, amount }) => [account_id, amount])).toEqual([
      [savings, '2.00'],
      [checking, '3.00'],
    ]);
  });

  test('are fifty at most, the newest', async () => {
    await paid(...Array.from({ length: 60 }, (_, index) => ({ hours: 60 - index, amount: `${index + 1}` })));
    const { recent_payments } = await pay('1');
    expect(recent_payments).toHaveLength(50);
    expect(recent_payments[0]?.amount).toBe('60.00');
  });

  test('of a deposit are the deposits before it', async () => {
    await paid({ hours: 1, amount: '5' });
    const deposit = { account_id: savings, amount: '9000', description: undefined, caller: teller, key: undefined };
    const { transaction } = await bank.ledger.postDeposit(deposit);
    const { recent_payments } = await featuresOf(transaction.id);
    expect(recent_payments).toMatchObject([{ account_id: checking, amount: '50000.00' }]);
  });
});

describe('what was received', () => {
  test('is what others sent to the account, by customer; what came before is counted', async () => {
    const second = await bank.account(bob);
    await paid(
      { from: bobs, to: checking, hours: 5, amount: '5' },
      { from: second, to: checking, hours: 6, amount: '6' },
      { from: savings, to: checking, hours: 4, amount: '4' },
      { from: bobs, to: savings, hours: 3, amount: '3' },
      { from: bobs, to: checking, hours: 72 },
      { from: bobs, to: checking, hours: 33 * 24 - 1 },
      { from: bobs, to: checking, hours: 33 * 24 + 1 },
    );
    const { received, received_before } = await pay('1');
    expect(received.map(({ sender, amount }) => [sender, amount])).toEqual([
      [bob.id, '5.00'],
      [bob.id, '6.00'],
    ]);
    expect(received_before).toBe(2);
  });
});

describe('the habits of an account', () => {
  test('tell since when it has paid nobody: its own customer does not count, and failures do not', async () => {
    await paid({ hours: 9000 }, { hours: 50, to: savings }, { hours: 40, status: 'FAILED' });
    const { idle_since } = await pay('1');
    expect(Math.round((Date.now() - Date.parse(idle_since ?? '')) / 3_600_000)).toBe(9000);
  });

  test('an account that has never paid is idle since it was opened', async () => {
    const { rows } = await bank.database.pool.query('select created_at from bank.accounts where id = $1', [checking]);
    const features = await pay('1');
    expect(new Date(features.idle_since ?? '')).toEqual(rows[0].created_at);
    expect(features.usual_amount).toBeNull();
  });

  test('the usual amount is the mean of ninety days, without what stays with the customer', async () => {
    await paid({ hours: 10, amount: '10' }, { hours: 2000, amount: '25' });
    await paid({ hours: 5, amount: '900', to: savings }, { hours: 2161, amount: '900' });
    expect((await pay('1')).usual_amount).toBe('17.50');
  });

  test('a receiver whom the customer has paid from any account, at any account, is not new', async () => {
    expect((await pay('20')).first_payment).toBe(true);
    expect((await pay('4000')).first_payment).toBe(false);
    const [carol] = [await bank.customer()];
    const [first, second] = [await bank.account(carol), await bank.account(carol)];
    await paid({ hours: 5000, from: savings, to: first });
    expect((await pay('8000', { to: second })).first_payment).toBe(false);
  });

  test('whether the receiver is new is not asked of a payment that is no larger than usual', async () => {
    await paid({ hours: 5, amount: '100' });
    const stranger = await bank.account(await bank.customer());
    expect((await pay('100', { to: stranger })).first_payment).toBe(false);
    expect((await pay('101', { to: stranger })).first_payment).toBe(false);
  });

  test('between own accounts there is nothing to compare', async () => {
    await paid({ hours: 5, amount: '100' });
    expect(await pay('5000', { to: savings })).toMatchObject({
      between_own_accounts: true,
      recent_payments: [],
      idle_since: null,
      first_payment: false,
    });
  });
});
