import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { notificationsOf, notifyOfEvents } from '../support/notifications.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let account: string;
let last4: string;

beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(async () => {
  alice = await bank.customer();
  account = await bank.account(alice, '5000.00');
  last4 = (await bank.accounts.readAccount(account, teller)).account_number.slice(-4);
  await forget();
});

/** Lets what has happened so far be told to nobody. */
async function forget() {
  await notifyOfEvents(bank.database.pool);
  await bank.database.pool.query('delete from bank.notifications');
}

const reason = 'suspected of something that is nobody’s business';
const occurred_at = expect.any(String);
const hint = () => ({ account_type: 'CHECKING', last4 });
const onAccount = () => ({ account_id: account, reason, caller: teller });
const onCustomer = () => ({ customer_id: alice.id, reason, caller: teller });

/** What alice is told of what happened since the test began. */
async function told(customer = alice) {
  await notifyOfEvents(bank.database.pool);
  return notificationsOf(bank.database.pool, customer.id);
}

const changed = (facts: object) => ({ kind: 'account-changed', facts: { occurred_at, ...facts } });
const profile = (facts: object) => ({ kind: 'profile-changed', facts: { occurred_at, ...facts } });

describe('the owner of an account hears', () => {
  test('that it was frozen and unfrozen, and of nobody’s reasons', async () => {
    await bank.powers.freezeAccount(onAccount());
    await bank.powers.unfreezeAccount({ ...onAccount(), fourEyes: false });
    expect(await told()).toEqual([
      { kind: 'account-frozen', facts: { occurred_at, account: hint() } },
      changed({ change: 'unfrozen', account: hint() }),
    ]);
  });

  test('that the bank’s own rules froze it', async () => {
    await bank.database.pool.query('select bank.freeze_suspects(array[$1::uuid])', [account]);
    expect(await told()).toEqual([{ kind: 'account-frozen', facts: { occurred_at, account: hint() } }]);
  });

  test('that it was opened and closed', async () => {
    const opened = await bank.account(alice);
    const { account_number } = await bank.accounts.readAccount(opened, teller);
    const end = { account_id: opened, sweep_to_account_id: undefined, reason, key: undefined, caller: teller };
    await bank.powers.closeAccount(end);
    const other = { account_type: 'CHECKING', last4: account_number.slice(-4) };
    expect(await told()).toEqual([
      changed({ change: 'opened', account: other }),
      changed({ change: 'closed', account: other }),
    ]);
  });

  test('which terms were changed, and nothing of an update that changed none', async () => {
    const update = (terms: { overdraft_limit: string | undefined; interest_rate: string | undefined }) =>
      bank.powers.updateAccount({ account_id: account, ...terms, version: null, caller: teller });
    await update({ overdraft_limit: '70', interest_rate: undefined });
    await update({ overdraft_limit: '70', interest_rate: undefined });
    await update({ overdraft_limit: '80', interest_rate: '0.02' });
    const terms = (...names: string[]) => changed({ change: 'terms_changed', terms: names, account: hint() });
    expect(await told()).toEqual([terms('overdraft_limit'), terms('interest_rate', 'overdraft_limit')]);
  });
});

describe('a customer hears', () => {
  test('that it was frozen and unfrozen', async () => {
    await bank.customers.freezeCustomer(onCustomer());
    await bank.customers.unfreezeCustomer({ ...onCustomer(), fourEyes: false });
    expect(await told()).toEqual([{ kind: 'account-frozen', facts: { occurred_at } }, changed({ change: 'unfrozen' })]);
  });

  test('which of its details it changed itself, and nothing of a change that changed none', async () => {
    const { phone } = await bank.customers.readCustomer(alice.id, alice);
    const update = (changes: { email?: string; phone?: string; address?: object }) =>
      bank.customers.updateCustomer({ changes, version: null, caller: alice });
    await update({ email: `${randomUUID()}@new.example`, address: { line1: '2 Test Street' } });
    await update({ phone: phone ?? '' });
    expect(await told()).toEqual([profile({ change: 'contact_details', fields: ['email', 'address'], version: 2 })]);
  });

  test.each([
    ['VERIFIED', 'identity_verified'],
    ['REJECTED', 'identity_rejected'],
  ])('that its identity was %s', async (decision, change) => {
    await bank.customers.reviewCustomer({ ...onCustomer(), decision });
    expect(await told()).toEqual([profile({ change })]);
  });

  test('that its limits were changed, and nothing when they were not', async () => {
    const limits = { customer_id: alice.id, transfers_per_minute: 3, requests_per_hour: 300, reason, caller: teller };
    await bank.limits.setLimits(limits);
    await bank.limits.setLimits(limits);
    expect(await told()).toEqual([changed({ change: 'limits_changed' })]);
  });
});

describe('money that leaves an account', () => {
  let destination: string;
  beforeEach(async () => {
    destination = await bank.account(await bank.customer());
  });

  const send = (amount: string, { from = account, to = destination, caller = alice } = {}) =>
    bank.ledger.postTransfer({
      from_account_id: from,
      to_account_id: to,
      amount,
      description: 'not to be told',
      caller,
      key: undefined,
    });
  const debit = (kind: string, facts: object) => ({
    kind,
    facts: {
      occurred_at,
      account: hint(),
      transaction_type: 'TRANSFER',
      transaction_ref: expect.stringMatching(/^TXN/),
      currency: 'USD',
      ...facts,
    },
  });

  test('is told from 1000 on, to the owner of the account and to no receiver', async () => {
    const bob = await bank.customer();
    const to = await bank.account(bob);
    await forget();
    await send('999.99', { to });
    await send('1000', { to });
    await send('1500.5', { to, caller: teller });
    expect(await told()).toEqual([
      debit('large-debit', { amount: '1000.00' }),
      debit('large-debit', { amount: '1500.50' }),
    ]);
    expect(await told(bob)).toEqual([]);
  });

  test('is told when it is withdrawn or taken back, not when it is paid in', async () => {
    const rest = { account_id: account, description: undefined, caller: teller, key: undefined };
    const { transaction } = await bank.ledger.postDeposit({ ...rest, amount: '2000' });
    await bank.ledger.postWithdrawal({ ...rest, amount: '1200' });
    await bank.ledger.postReversal({
      transaction_id: transaction.id,
      description: undefined,
      caller: teller,
      key: undefined,
    });
    expect(await told()).toEqual([
      debit('large-debit', { transaction_type: 'WITHDRAWAL', amount: '1200.00' }),
      debit('large-debit', { transaction_type: 'REVERSAL', amount: '2000.00' }),
    ]);
  });

  test('has a threshold in each currency that has one of its own', async () => {
    await bank.database.pool.query("insert into bank.large_debit_thresholds (currency, amount) values ('JPY', 150000)");
    const yen = await bank.account(alice, '500000', { currency: 'JPY' });
    const [to, euro, toEuro] = [
      await bank.account(await bank.customer(), '0', { currency: 'JPY' }),
      await bank.account(alice, '5000', { currency: 'EUR' }),
      await bank.account(await bank.customer(), '0', { currency: 'EUR' }),
    ];
    await send('149999', { from: yen, to });
    await send('150000', { from: yen, to });
    await send('1000', { from: euro, to: toEuro });
    const debits = (await told()).filter(({ kind }) => kind === 'large-debit');
    expect(debits.map(({ facts }) => [facts.currency, facts.amount])).toEqual([
      ['JPY', '150000'],
      ['EUR', '1000.00'],
    ]);
  });

  test('and is stopped by the fraud rules is told to the owner, whoever asked for it, without a word of the rules', async () => {
    await useFraudRules(bank.database.pool, 'VELOCITY');
    await bank.database.pool.query(
      `update bank.fraud_rules set parameters = parameters || '{"some": 0, "some_score": 80}' where rule = 'VELOCITY'`,
    );
    await expect(send('7.5')).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
    await expect(send('8', { caller: teller })).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
    await useFraudRules(bank.database.pool);
    expect(await told()).toEqual([
      debit('transfer-blocked', { amount: '7.50' }),
      debit('transfer-blocked', { amount: '8.00' }),
    ]);
  });

  test('and is refused for anything else, or is nobody’s, is told to nobody', async () => {
    await expect(send('6000')).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    await expect(send('6000', { from: randomUUID() })).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    expect(await told()).toEqual([]);
  });
});

test('an event that is processed again makes no second notification', async () => {
  await bank.powers.freezeAccount(onAccount());
  expect(await told()).toHaveLength(1);
  await bank.database.pool.query(
    "update bank.events set processed_at = null where type = 'AccountFrozen' and aggregate_id = $1",
    [account],
  );
  expect(await notifyOfEvents(bank.database.pool)).toBe(0);
  expect(await told()).toHaveLength(1);
});

test('what else happens is told to nobody', async () => {
  const others = `('CustomerRegistered', 'customer'), ('SsnRevealed', 'customer'), ('UserDisabled', 'user'),
    ('FraudAlertRaised', 'fraud_alert'), ('AccountSomething', 'account'), ('TransactionSomething', 'transaction')`;
  const { rows } = await bank.database.pool.query(
    `select coalesce(sum(bank.create_notifications(jsonb_populate_record(event, to_jsonb(other)))), 0) as made, count(*) as events
       from bank.events event, (values ${others}) as other (type, aggregate_type)
      where event.aggregate_id = $1`,
    [account],
  );
  expect(rows).toEqual([{ made: '0', events: '6' }]);
});
