import { expect, test } from 'vitest';
import { createFeeWaivers } from '../../../lambdas/adapters/fee-waivers.ts';
import { createFees } from '../../../lambdas/adapters/fees.ts';
import { createInterest } from '../../../lambdas/adapters/interest.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { feeRuleWith, feeWith } from '../support/fees.ts';
import { accountId, transactionWith } from '../support/records.ts';

const uuid7 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);

test('fees are read one more than a page holds, and the page says where the next begins', async () => {
  const fees = [feeWith(), feeWith({ id: '018f2f3a-0000-7000-8000-00000000e002' })];
  const { database, sent } = fakeDatabase(() => ({ fees }));
  const first = await createFees(database).listFees({
    account_id: accountId,
    limit: 1,
    cursor: undefined,
    caller: customer,
  });
  expect(first.fees).toEqual([fees[0]]);
  await createFees(database).listFees({
    account_id: accountId,
    limit: 2,
    cursor: first.next_cursor ?? '',
    caller: customer,
  });
  expect(sent.map(functionOf)).toEqual(['bank.list_fees', 'bank.list_fees']);
  expect(sent.map(({ parameters }) => [parameters.before_id, parameters.page_size])).toEqual([
    [null, 2],
    [fees[0]?.id, 3],
  ]);
});

test('the rules are read and set with one call each', async () => {
  const { database, sent } = fakeDatabase(query =>
    functionOf(query) === 'bank.set_fee_rule' ? { fee_rule: feeRuleWith() } : { fee_rules: [feeRuleWith()] },
  );
  const fees = createFees(database);
  expect(await fees.listRules(customer)).toEqual([feeRuleWith()]);
  const change = { amount: '5', minimum_balance: '100', enabled: false, reason: 'decided so', caller: customer };
  expect(await fees.setRule({ rule_id: feeRuleWith().id, ...change })).toEqual(feeRuleWith());
  expect(sent.map(functionOf)).toEqual(['bank.list_fee_rules', 'bank.set_fee_rule']);
  expect(sent[1]?.parameters).toMatchObject({
    id: uuid7,
    rule_id: feeRuleWith().id,
    amount: '5',
    minimum_balance: '100',
    enabled: false,
  });
});

test.each(['key-1', undefined])('a fee is given back with one call, under the key %s or its own id', async key => {
  const { database, sent } = fakeDatabase(() => ({ transaction: transactionWith() }));
  await createFeeWaivers(database).waiveFee({ fee_id: feeWith().id, reason: 'a courtesy', key, caller: customer });
  const [query = { sql: '', parameters: {} }] = sent;
  expect([sent.length, functionOf(query)]).toEqual([1, 'bank.waive_fee']);
  expect(castsOf(query)).toEqual({ id: 'uuid', fee_id: 'uuid', reason: 'text', key: 'text', caller: 'jsonb' });
  expect(query.parameters).toMatchObject({ id: uuid7, key: key ?? query.parameters.id });
});

test('what the bank refuses is a BankError', async () => {
  const { database } = fakeDatabase(() => ({ refusal: { code: 'FEE_NOT_FOUND', field: 'id' } }));
  const waive = () =>
    createFeeWaivers(database).waiveFee({ fee_id: feeWith().id, reason: 'why', key: undefined, caller: customer });
  expect((await bankErrorOf(waive)).code).toBe('FEE_NOT_FOUND');
  const { database: other } = fakeDatabase(() => ({ refusal: { code: 'NOT_YOUR_ACCOUNT', field: 'id' } }));
  expect((await bankErrorOf(() => createInterest(other).readInterest(accountId, customer))).code).toBe(
    'NOT_YOUR_ACCOUNT',
  );
});
