import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { FraudAlert } from '../../lambdas/domain/fraud-alert.ts';
import { scoreEverything } from '../support/fraud-rules.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let source: string;
let destination: string;
const analyst: ActingCaller = { ...teller, id: randomUUID(), roles: ['analyst'] };

beforeAll(async () => {
  bank = await openTestBank();
  await scoreEverything(bank.database.pool, 90);
});
afterAll(() => bank.close());
beforeEach(async () => {
  alice = await bank.customer();
  [source, destination] = [await bank.account(alice, '100.00'), await bank.account(await bank.customer())];
});

/** Sends a transfer and tells how it ended: COMPLETED, or the code of its refusal. */
async function send(amount: string, { key = randomUUID() as string, to = destination, from = source } = {}) {
  const transfer = { from_account_id: from, to_account_id: to, amount, description: undefined };
  return bank.ledger.postTransfer({ ...transfer, caller: alice, key }).then(
    ({ transaction }) => transaction.status,
    error => error.code,
  );
}

async function latestAlert(): Promise<FraudAlert> {
  const filters = { account_id: source };
  const { alerts } = await bank.fraudAlerts.listAlerts({ filters, limit: 1, cursor: undefined, caller: analyst });
  const [alert] = alerts;
  if (!alert) throw new Error('no alert was raised');
  return alert;
}

async function close(resolution: 'RESOLVED' | 'FALSE_POSITIVE'): Promise<FraudAlert> {
  const { id } = await latestAlert();
  return bank.fraudAlerts.resolveAlert({ alert_id: id, resolution, notes: 'looked into it', caller: analyst });
}

async function expire(): Promise<void> {
  await bank.database.pool.query('update bank.fraud_allowances set expires_at = now() where from_account_id = $1', [
    source,
  ]);
}

test('after a false alarm the transfer that was stopped passes, once', async () => {
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
  await close('FALSE_POSITIVE');
  expect(await send('12.50')).toBe('COMPLETED');
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
  expect([await bank.balance(source), await bank.balance(destination)]).toEqual(['87.50', '12.50']);
});

test('the same key goes on answering that the transfer was stopped: it needs a new one', async () => {
  const key = randomUUID();
  expect(await send('12.50', { key })).toBe('FRAUD_BLOCKED');
  await close('FALSE_POSITIVE');
  expect(await send('12.50', { key })).toBe('FRAUD_BLOCKED');
  expect(await send('12.50')).toBe('COMPLETED');
});

test('another amount, another payee and the other direction are stopped as before', async () => {
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
  await close('FALSE_POSITIVE');
  const other = await bank.account(alice, '50.00');
  expect(await send('12.51')).toBe('FRAUD_BLOCKED');
  expect(await send('12.50', { to: other })).toBe('FRAUD_BLOCKED');
  expect(await send('12.50', { from: other })).toBe('FRAUD_BLOCKED');
  expect(await send('12.5')).toBe('COMPLETED');
});

test('a day later it is too late', async () => {
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
  const alert = await close('FALSE_POSITIVE');
  expect(Date.parse(alert.allowed_until ?? '') - Date.parse(alert.resolved_at ?? '')).toBe(86_400_000);
  await expire();
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
});

test('a transfer that something else refuses does not use it up', async () => {
  expect(await send('80.00')).toBe('FRAUD_BLOCKED');
  await close('FALSE_POSITIVE');
  const cash = { account_id: source, amount: '50.00', description: undefined, key: undefined, caller: teller };
  await bank.ledger.postWithdrawal(cash);
  expect(await send('80.00')).toBe('INSUFFICIENT_FUNDS');
  await bank.powers.freezeAccount({ account_id: source, reason: 'asked for it', caller: teller });
  expect(await send('80.00')).toBe('ACCOUNT_NOT_ACTIVE');
  await bank.powers.unfreezeAccount({ account_id: source, reason: 'asked for it', fourEyes: false, caller: teller });
  await bank.ledger.postDeposit(cash);
  expect(await send('80.00')).toBe('COMPLETED');
});

test('of two false alarms about the same transfer, each lets one pass', async () => {
  for (let count = 0; count < 2; count += 1) {
    expect(await send('5.00')).toBe('FRAUD_BLOCKED');
    await close('FALSE_POSITIVE');
    await expire();
  }
  await bank.database.pool.query(
    "update bank.fraud_allowances set expires_at = now() + interval '1 day' where from_account_id = $1",
    [source],
  );
  expect([await send('5.00'), await send('5.00'), await send('5.00')]).toEqual([
    'COMPLETED',
    'COMPLETED',
    'FRAUD_BLOCKED',
  ]);
});

test('an alert that was right lets nothing pass', async () => {
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
  expect(await close('RESOLVED')).toMatchObject({ allowed_until: null });
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
});

test('a false alarm about a transfer that was only looked at lets no other pass: its money has moved', async () => {
  await scoreEverything(bank.database.pool, 50);
  expect(await send('12.50')).toBe('COMPLETED');
  expect(await close('FALSE_POSITIVE')).toMatchObject({ allowed_until: null });
  await scoreEverything(bank.database.pool, 90);
  expect(await send('12.50')).toBe('FRAUD_BLOCKED');
});
