import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { CaptureHold } from '../../lambdas/adapters/holds.ts';
import { giveLimits } from '../support/rate-limits.ts';
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
const freeze = (account_id: string) => bank.powers.freezeAccount({ account_id, reason: 'a test', caller: teller });

/** A hold of `amount` on an account of alice's that has 100, and an account of bob's. */
async function held(amount = '60', caller = alice) {
  const [account, payee] = [await bank.account(alice, '100'), await bank.account(bob)];
  const { hold } = await bank.holds.placeHold({
    account_id: account,
    amount,
    expires_at: undefined,
    description: 'hotel',
    caller,
    key: undefined,
  });
  return { account, payee, id: hold.id };
}

function capture(hold_id: string, to_account_id: string, terms: Partial<CaptureHold> = {}) {
  const common = { amount: undefined, final: true, description: undefined, caller: alice, key: undefined };
  return bank.holds.captureHold({ hold_id, to_account_id, ...common, ...terms });
}

const failedOn = async (account_id: string) =>
  (
    await bank.transactions.listTransactions({ account_id, limit: 10, cursor: undefined, caller: teller })
  ).transactions.filter(({ status }) => status === 'FAILED');

describe('a capture', () => {
  test('of the whole hold is a transfer like any other, in one call', async () => {
    const { account, payee, id } = await held('60');
    bank.dataApi.callsSinceLast();
    const { hold, transaction } = await capture(id, payee);
    expect(bank.dataApi.callsSinceLast()).toBe(1);
    expect(transaction).toMatchObject({
      transaction_type: 'TRANSFER',
      status: 'COMPLETED',
      from_account_id: account,
      to_account_id: payee,
      amount: '60.00',
      description: 'hotel',
    });
    expect(hold).toMatchObject({
      id,
      status: 'CAPTURED',
      captured_amount: '60.00',
      transaction_ids: [transaction.id],
      ended_at: expect.any(String),
    });
    expect(await read(account)).toMatchObject({ balance: '40.00', held: '0.00', available_balance: '40.00' });
    expect(await bank.balance(payee)).toBe('60.00');
    expect(await bank.transactions.readTransaction(transaction.id, bob)).toEqual(transaction);
  });

  test('of a part lets go of the rest', async () => {
    const { account, payee, id } = await held('60');
    const { hold, transaction } = await capture(id, payee, { amount: '45.5', description: 'two nights' });
    expect(transaction).toMatchObject({ amount: '45.50', description: 'two nights' });
    expect(hold).toMatchObject({ status: 'CAPTURED', amount: '60.00', captured_amount: '45.50' });
    expect(await read(account)).toMatchObject({ balance: '54.50', held: '0.00' });
  });

  test('that is not final keeps the rest held, and the hold ends when nothing is left', async () => {
    const { account, payee, id } = await held('60');
    const first = await capture(id, payee, { amount: '10', final: false });
    expect(first.hold).toMatchObject({ status: 'OPEN', captured_amount: '10.00', ended_at: null });
    expect(await read(account)).toMatchObject({ balance: '90.00', held: '50.00', available_balance: '40.00' });
    const second = await capture(id, payee, { final: false });
    expect(second.hold).toMatchObject({
      status: 'CAPTURED',
      captured_amount: '60.00',
      transaction_ids: [first.transaction.id, second.transaction.id],
    });
    expect(second.transaction.amount).toBe('50.00');
  });

  test('may be followed by the release of the rest', async () => {
    const { account, payee, id } = await held('60');
    await capture(id, payee, { amount: '10', final: false });
    expect(await bank.holds.releaseHold(id, alice)).toMatchObject({ status: 'RELEASED', captured_amount: '10.00' });
    expect(await read(account)).toMatchObject({ balance: '90.00', held: '0.00' });
  });

  test('leaves the events of a transfer and of the hold, neither with a description', async () => {
    const { payee, id } = await held('60');
    const { transaction } = await capture(id, payee, { amount: '10' });
    const { rows } = await bank.database.pool.query(
      'select type, data from bank.events where aggregate_id = any($1) order by created_at, type',
      [[id, transaction.id]],
    );
    expect(rows.map(row => row.type)).toEqual(['HoldPlaced', 'TransactionPosted', 'HoldCaptured']);
    expect(rows[2].data).toMatchObject({
      status: 'CAPTURED',
      captured_amount: '10.00',
      transaction_id: transaction.id,
      transaction_amount: '10.00',
    });
    expect(rows[2].data).not.toHaveProperty('description');
  });

  test('under a key moves the money once, and answers the same, a refusal too', async () => {
    const { payee, id } = await held('60');
    const key = randomUUID();
    const { hold, transaction } = await capture(id, payee, { key, amount: '20' });
    expect(await capture(id, payee, { key, amount: '20.0' })).toEqual({ hold, transaction, replayed: true });
    expect(await bank.balance(payee)).toBe('20.00');
    await expect(capture(id, payee, { key })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const again = randomUUID();
    const refused = await capture(id, payee, { key: again }).catch(error => error);
    expect(await capture(id, payee, { key: again }).catch(error => error)).toMatchObject({
      code: 'HOLD_NOT_OPEN',
      details: { replayed: true, transaction: refused.details.transaction },
    });
  });

  test('can be reversed as any transaction can; the hold stays captured', async () => {
    const { account, payee, id } = await held('60');
    const { transaction } = await capture(id, payee);
    await bank.ledger.postReversal({
      transaction_id: transaction.id,
      description: undefined,
      caller: teller,
      key: undefined,
    });
    expect(await bank.holds.readHold(id, alice)).toMatchObject({ status: 'CAPTURED', captured_amount: '60.00' });
    expect(await read(account)).toMatchObject({ balance: '100.00', held: '0.00' });
  });

  test('pays from an overdraft what the hold has set apart of it', async () => {
    const [account, payee] = [await bank.account(alice, '10', { overdraft_limit: '50' }), await bank.account(bob)];
    const common = { expires_at: undefined, description: undefined, caller: alice, key: undefined };
    const { hold } = await bank.holds.placeHold({ account_id: account, amount: '60', ...common });
    await capture(hold.id, payee);
    expect(await read(account)).toMatchObject({ balance: '-50.00', held: '0.00', available_balance: '0.00' });
  });

  test('may be made by a teller, of any hold', async () => {
    const { payee, id } = await held('60');
    expect((await capture(id, payee, { caller: teller })).hold.status).toBe('CAPTURED');
  });

  test('counts for a customer’s limit of transfers, as it moves money; placing the hold did not', async () => {
    const carol = await bank.customer();
    await giveLimits(bank.database.pool, carol.id, { transfers_per_minute: 1 });
    const [account, payee] = [await bank.account(carol, '10'), await bank.account(bob)];
    const common = { expires_at: undefined, description: undefined, caller: carol, key: undefined };
    const { hold } = await bank.holds.placeHold({ account_id: account, amount: '10', ...common });
    const captureOne = () => capture(hold.id, payee, { amount: '1', final: false, caller: carol });
    expect((await captureOne()).rate_limit).toMatchObject({ policy: 'transfers', remaining: 0 });
    await expect(captureOne()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await bank.balance(payee)).toBe('1.00');
  });
});

describe('a capture is refused', () => {
  test.each<[string, string, string, Partial<CaptureHold>]>([
    ['of more than the hold has left', 'CAPTURE_EXCEEDS_HOLD', 'amount', { amount: '60.01' }],
    ['of a part of a cent', 'AMOUNT_NOT_REPRESENTABLE', 'amount', { amount: '0.001' }],
    ['to an account that is not there', 'ACCOUNT_NOT_FOUND', 'to_account_id', { to_account_id: randomUUID() }],
    ['of a hold that is not there', 'HOLD_NOT_FOUND', 'id', { hold_id: randomUUID() }],
  ])('%s', async (_what, code, field, terms) => {
    const { account, payee, id } = await held('60');
    await expect(capture(id, payee, terms)).rejects.toMatchObject({ code, details: { fields: [{ field }] } });
    expect(await read(account)).toMatchObject({ balance: '100.00', held: '60.00' });
    expect((await bank.holds.readHold(id, alice)).status).toBe('OPEN');
  });

  test('to the account that pays', async () => {
    const { account, id } = await held('60');
    await expect(capture(id, account)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: 'to_account_id', message: 'must be another account than the one that pays' }] },
    });
  });

  test('to an account in another currency', async () => {
    const { id } = await held('60');
    const euros = await bank.account(bob, '0', { currency: 'EUR' });
    await expect(capture(id, euros)).rejects.toMatchObject({ code: 'CURRENCY_MISMATCH' });
  });

  test('by a customer whose account it is not on', async () => {
    const { account, payee, id } = await held('60');
    const { code, details } = await capture(id, payee, { caller: bob }).catch(error => error);
    expect([code, details.transaction]).toEqual(['NOT_YOUR_ACCOUNT', undefined]);
    expect(await failedOn(account)).toEqual([]);
  });

  test('when it has been captured or released before, and the attempt is in the history', async () => {
    const { account, payee, id } = await held('60');
    await capture(id, payee);
    await expect(capture(id, payee)).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
    await expect(bank.holds.releaseHold(id, alice)).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await failedOn(account)).toMatchObject([{ failure_code: 'HOLD_NOT_OPEN', amount: '60.00' }]);
    const other = await held('5');
    await bank.holds.releaseHold(other.id, alice);
    await expect(capture(other.id, other.payee)).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
  });

  test('while either account is frozen, and possible again after', async () => {
    const { account, payee, id } = await held('60');
    await freeze(account);
    await expect(capture(id, payee)).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_ACTIVE',
      details: { fields: [{ field: 'id' }] },
    });
    await bank.powers.unfreezeAccount({ account_id: account, reason: 'a test', caller: teller, fourEyes: false });
    await freeze(payee);
    await expect(capture(id, payee)).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_ACTIVE',
      details: { fields: [{ field: 'to_account_id' }] },
    });
    expect((await capture(id, await bank.account(bob))).hold.status).toBe('CAPTURED');
  });
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});
