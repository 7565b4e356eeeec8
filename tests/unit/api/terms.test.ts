import { describe, expect, test, vi } from 'vitest';
import { getInterest } from '../../../lambdas/api/accounts/get-interest.ts';
import { listFeeRules } from '../../../lambdas/api/accounts/list-fee-rules.ts';
import { listFees } from '../../../lambdas/api/accounts/list-fees.ts';
import { setFeeRule } from '../../../lambdas/api/accounts/set-fee-rule.ts';
import { updateAccount } from '../../../lambdas/api/accounts/update-account.ts';
import { reverseTransaction } from '../../../lambdas/api/payments/reverse-transaction.ts';
import { waiveFee } from '../../../lambdas/api/payments/waive-fee.ts';
import type { AccountInterest } from '../../../lambdas/domain/interest.ts';
import { refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { accountsCapability, fakeLedger, send } from '../support/fakes.ts';
import { fakeFees, fakeFeeWaivers, feeRuleWith, feeWith } from '../support/fees.ts';
import { accountId, transactionId } from '../support/records.ts';

const interest: AccountInterest = {
  account_id: accountId,
  currency: 'USD',
  interest_rate: '0.050000',
  day_count: 'ACT/365',
  apy: '0.0512',
  accrued: '1.3698630137',
  accrued_through: '2026-02-28',
  paid_this_year: '42.47',
  next_capitalisation_date: '2026-03-31',
};
const terms = () => ({ interest: { readInterest: vi.fn(async () => interest) }, fees: fakeFees() });
const params = { id: accountId };

test("an account's interest is read for its caller", async () => {
  const dependencies = terms();
  expect((await send(getInterest, dependencies, { params })).json).toEqual(interest);
  expect(dependencies.interest.readInterest).toHaveBeenCalledWith(
    accountId,
    expect.objectContaining({ ownAccountsOnly: true }),
  );
});

test('fees are listed page by page', async () => {
  const dependencies = terms();
  const { json } = await send(listFees, dependencies, { params, query: { limit: '7', cursor: 'abc' } });
  expect(json).toEqual({ fees: [feeWith()], next_cursor: 'next' });
  expect(dependencies.fees.listFees).toHaveBeenCalledWith(
    expect.objectContaining({ account_id: accountId, limit: 7, cursor: 'abc' }),
  );
});

describe('a rule of the fees', () => {
  const rule = { amount: '25.00', minimum_balance: null, enabled: true, reason: 'decided so' };
  const set = (body: object, dependencies = terms()) =>
    send(setFeeRule, dependencies, { claims: claimsOf('admin'), params: { id: feeRuleWith().id }, body });

  test('is read by staff', async () => {
    const { json } = await send(listFeeRules, terms(), { claims: claimsOf('auditor') });
    expect(json).toEqual({ fee_rules: [feeRuleWith()] });
  });

  test('is set as a whole', async () => {
    const dependencies = terms();
    expect((await set(rule, dependencies)).json).toEqual(feeRuleWith());
    expect(dependencies.fees.setRule).toHaveBeenCalledWith(
      expect.objectContaining({ ...rule, rule_id: feeRuleWith().id }),
    );
  });

  test.each([
    [{ amount: '0' }, 'amount'],
    [{ amount: '-1' }, 'amount'],
    [{ minimum_balance: undefined }, 'minimum_balance'],
    [{ minimum_balance: '1e3' }, 'minimum_balance'],
    [{ enabled: 'yes' }, 'enabled'],
    [{ reason: '' }, 'reason'],
    [{ account_type: 'CREDIT' }, 'account_type'],
  ])('with %j is refused', async (change, field) => {
    expect(await refusedFields(() => set({ ...rule, ...change }))).toEqual([field]);
  });
});

test('a fee is given back with its reason and the key', async () => {
  const fees = fakeFeeWaivers();
  const { statusCode, json } = await send(
    waiveFee,
    { fees },
    {
      claims: claimsOf('teller'),
      params: { id: feeWith().id },
      body: { reason: 'a courtesy' },
      headers: { 'idempotency-key': 'key-1' },
    },
  );
  expect([statusCode, json.transaction_id]).toEqual([200, transactionId]);
  expect(fees.waiveFee).toHaveBeenCalledWith(
    expect.objectContaining({ fee_id: feeWith().id, reason: 'a courtesy', key: 'key-1' }),
  );
});

describe('something as of an earlier day', () => {
  const reverse = (body: object, ledger = fakeLedger()) =>
    send(reverseTransaction, { ledger }, { claims: claimsOf('teller'), params: { id: transactionId }, body });
  const update = (body: object, capability = accountsCapability()) =>
    send(updateAccount, capability, { claims: claimsOf('admin'), params, body, headers: { 'if-match': '*' } });

  test('is a reversal that names it', async () => {
    const ledger = fakeLedger();
    await reverse({ value_date: '2026-02-28' }, ledger);
    expect(ledger.postReversal).toHaveBeenCalledWith(expect.objectContaining({ value_date: '2026-02-28' }));
  });

  test('is a rate that names it', async () => {
    const capability = accountsCapability();
    await update({ interest_rate: '0.05', interest_rate_from: '2026-02-28' }, capability);
    expect(capability.powers.updateAccount).toHaveBeenCalledWith(
      expect.objectContaining({ interest_rate: '0.05', interest_rate_from: '2026-02-28' }),
    );
  });

  test.each(['2026-02-30', '2026-2-3', 'yesterday', '0001-01-01', '2026-02-28T00:00:00Z', ''])(
    'is a day: "%s" is none',
    async day => {
      expect(await refusedFields(() => reverse({ value_date: day }))).toEqual(['value_date']);
      expect(await refusedFields(() => update({ interest_rate: '0.1', interest_rate_from: day }))).toEqual([
        'interest_rate_from',
      ]);
    },
  );

  test('is no rate without one', async () => {
    const body = { overdraft_limit: '5', interest_rate_from: '2026-02-28' };
    expect(await refusedFields(() => update(body))).toEqual(['interest_rate_from']);
  });
});
