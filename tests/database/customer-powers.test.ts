import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { eventsOf, newcomer, registered, registration } from '../support/registration.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());

const admin: ActingCaller = { ...teller, id: randomUUID(), roles: ['admin'] };

describe('the review of an identity', () => {
  const review = (customer: ActingCaller, decision: string, caller = teller) =>
    bank.customers.reviewCustomer({ customer_id: customer.id, decision, reason: 'passport seen', caller });

  test('verifies, and a later one may take it back', async () => {
    const caller = await registered(bank);
    expect(await review(caller, 'VERIFIED')).toMatchObject({ kyc_verified: true, version: 2 });
    expect(await review(caller, 'REJECTED')).toMatchObject({ kyc_verified: false, version: 3 });
    const { rows } = await bank.database.pool.query(
      'select kyc_decided_by, kyc_reason, kyc_decided_at is not null as dated from bank.customers where id = $1',
      [caller.id],
    );
    expect(rows).toEqual([{ kyc_decided_by: teller.id, kyc_reason: 'passport seen', dated: true }]);
  });

  test('leaves who decided, why, and the values before and after', async () => {
    const caller = await registered(bank);
    await review(caller, 'VERIFIED');
    expect((await eventsOf(bank, caller.id)).at(-1)).toEqual({
      type: 'CustomerReviewed',
      actor: { id: teller.id, roles: ['teller'] },
      data: {
        changed: ['kyc_verified'],
        old: { status: 'ACTIVE', kyc_verified: false, version: 1 },
        new: { status: 'ACTIVE', kyc_verified: true, version: 2 },
        reason: 'passport seen',
      },
    });
  });

  test('is nobody’s own, nor a customer’s', async () => {
    const caller = await registered(bank);
    await expect(review(caller, 'VERIFIED', { ...teller, id: caller.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(review(caller, 'VERIFIED', newcomer())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(review(newcomer(), 'VERIFIED')).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  });

  test('comes before an account where the stage asks for it, whoever opens the account', async () => {
    const owner = await registered(bank);
    const open = (caller: ActingCaller) =>
      bank.accounts.openAccount({
        customer_id: owner.id,
        account_type: 'SAVINGS',
        currency: 'USD',
        interest_rate: '0',
        overdraft_limit: '0',
        accountLimit: null,
        verifiedOnly: true,
        caller,
        key: undefined,
      });
    await expect(open(owner)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_VERIFIED' });
    await expect(open(teller)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_VERIFIED' });
    await review(owner, 'VERIFIED');
    expect((await open(owner)).account.customer_id).toBe(owner.id);
  });
});

describe('a frozen customer', () => {
  const act = (customer: ActingCaller, { fourEyes = false, caller = admin } = {}) => ({
    customer_id: customer.id,
    reason: 'stolen phone',
    fourEyes,
    caller,
  });

  test('is refused everything from its next call on, and let in again when unfrozen', async () => {
    const [owner, other] = [await registered(bank), await registered(bank)];
    const [mine, theirs] = [await bank.account(owner, '10'), await bank.account(other)];
    expect(await bank.customers.freezeCustomer(act(owner))).toMatchObject({ status: 'FROZEN', version: 2 });

    const rest = { description: undefined, caller: owner, key: undefined };
    const calls = [
      () => bank.ledger.postTransfer({ from_account_id: mine, to_account_id: theirs, amount: '1', ...rest }),
      () => bank.ledger.postDeposit({ account_id: mine, amount: '1', ...rest }),
      () => bank.ledger.postWithdrawal({ account_id: mine, amount: '1', ...rest }),
      () => bank.accounts.readAccount(mine, owner),
      () => bank.accounts.listAccounts({ customer_id: owner.id, limit: 5, cursor: undefined, caller: owner }),
      () => bank.transactions.listTransactions({ account_id: mine, limit: 5, cursor: undefined, caller: owner }),
      () => bank.transactions.readTransaction(randomUUID(), owner),
      () => bank.customers.readCustomer(owner.id, owner),
      () => bank.customers.updateCustomer({ changes: {}, version: null, caller: owner }),
      () => bank.customers.registerCustomer(registration(owner)),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'CUSTOMER_FROZEN' });
    }
    expect(await bank.balance(mine)).toBe('10.00');

    expect(await bank.customers.unfreezeCustomer(act(owner))).toMatchObject({ status: 'ACTIVE', version: 3 });
    expect(await bank.accounts.readAccount(mine, owner)).toMatchObject({ id: mine });
  });

  test('stays frozen when it is staff too: it cannot let itself in', async () => {
    const owner = await registered(bank);
    await bank.customers.freezeCustomer(act(owner));
    const asStaff = { ...admin, id: owner.id };
    await expect(bank.customers.unfreezeCustomer(act(owner, { caller: asStaff }))).rejects.toMatchObject({
      code: 'CUSTOMER_FROZEN',
    });
  });

  test('is not frozen twice, nor unfrozen when it is not frozen', async () => {
    const owner = await registered(bank);
    await expect(bank.customers.unfreezeCustomer(act(owner))).rejects.toMatchObject({ code: 'WRONG_STATUS' });
    await bank.customers.freezeCustomer(act(owner));
    await expect(bank.customers.freezeCustomer(act(owner))).rejects.toMatchObject({ code: 'WRONG_STATUS' });
    await expect(bank.customers.freezeCustomer(act(newcomer()))).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  });

  test('is let in again by somebody else than who froze it, where four eyes are wanted', async () => {
    const owner = await registered(bank);
    await bank.customers.freezeCustomer(act(owner));
    await expect(bank.customers.unfreezeCustomer(act(owner, { fourEyes: true }))).rejects.toMatchObject({
      code: 'FOUR_EYES_REQUIRED',
    });
    const colleague = { ...admin, id: randomUUID() };
    const unfrozen = await bank.customers.unfreezeCustomer(act(owner, { fourEyes: true, caller: colleague }));
    expect(unfrozen).toMatchObject({ status: 'ACTIVE', version: 3 });
    const { rows } = await bank.database.pool.query('select frozen_by from bank.customers where id = $1', [owner.id]);
    expect(rows).toEqual([{ frozen_by: null }]);
  });

  test('was frozen by somebody for a reason that stays', async () => {
    const owner = await registered(bank);
    await bank.customers.freezeCustomer(act(owner));
    await bank.customers.unfreezeCustomer(act(owner));
    expect((await eventsOf(bank, owner.id)).slice(1)).toMatchObject([
      { type: 'CustomerFrozen', actor: { id: admin.id }, data: { reason: 'stolen phone', changed: ['status'] } },
      { type: 'CustomerUnfrozen', data: { old: { status: 'FROZEN' }, new: { status: 'ACTIVE' } } },
    ]);
  });
});

describe('the ciphertext of a number', () => {
  const compliance: ActingCaller = { ...teller, id: randomUUID(), roles: ['compliance'] };

  test('is answered as it was stored, and each reading leaves who and why', async () => {
    const caller = newcomer();
    const request = registration(caller);
    await bank.customers.registerCustomer(request);
    const read = { customer_id: caller.id, reason: 'court order 7', caller: compliance };
    const { ciphertext } = await bank.customers.readSsnCiphertext(read);
    expect(Buffer.from(ciphertext, 'base64')).toEqual(Buffer.from(request.ssn.ciphertext, 'base64'));
    await bank.customers.readSsnCiphertext(read);
    expect((await eventsOf(bank, caller.id)).slice(1)).toEqual(
      Array.from({ length: 2 }, () => ({
        type: 'SsnRevealed',
        actor: { id: compliance.id, roles: ['compliance'] },
        data: { reason: 'court order 7' },
      })),
    );
  });

  test('is not for customers, and not of nobody', async () => {
    const caller = await registered(bank);
    const read = (customer_id: string, by: ActingCaller) =>
      bank.customers.readSsnCiphertext({ customer_id, reason: 'why not', caller: by });
    await expect(read(caller.id, caller)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(read(randomUUID(), compliance)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
    expect(await eventsOf(bank, caller.id)).toHaveLength(1);
  });
});

test('a command sent again after a lost reply has one effect', async () => {
  const owner = await registered(bank);
  const id = randomUUID();
  const freeze = () =>
    bank.database.pool.query('select bank.freeze_customer($1, $2, $3, $4) as answer', [
      id,
      owner.id,
      'lost reply',
      JSON.stringify({ id: admin.id, own_accounts_only: false }),
    ]);
  const [first, second] = [await freeze(), await freeze()];
  expect(second.rows[0].answer).toEqual({ ...first.rows[0].answer, replayed: false });
  expect(await eventsOf(bank, owner.id)).toHaveLength(2);
});
