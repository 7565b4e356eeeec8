import { expect, test } from 'vitest';
import { createFraudRuleBook } from '../../../lambdas/adapters/fraud-rules.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';
import { fraudRulesWith } from '../support/records.ts';

const nothing: SentQuery = { sql: '', parameters: {} };
const nameless = { settings: undefined, rules: undefined, reason: 'a test', version: null, caller: customer };

test('reading the rules is one call of its SQL function', async () => {
  const { database, sent } = fakeDatabase(() => ({ fraud_rules: fraudRulesWith() }));
  expect(await createFraudRuleBook(database).readRules(customer)).toEqual(fraudRulesWith());
  const [query = nothing] = sent;
  expect([sent.length, functionOf(query), castsOf(query)]).toEqual([1, 'bank.read_fraud_rules', { caller: 'jsonb' }]);
});

test('changing them is one call with an id of its own, the version expected, and what changes', async () => {
  const { database, sent } = fakeDatabase(() => ({ fraud_rules: fraudRulesWith({ version: 8 }) }));
  const changes = { settings: { block_from: 75 }, rules: [{ rule: 'VELOCITY', enabled: false }], version: 7 };
  expect((await createFraudRuleBook(database).setRules({ ...nameless, ...changes })).version).toBe(8);
  const [query = nothing] = sent;
  expect([sent.length, functionOf(query)]).toEqual([1, 'bank.set_fraud_rules']);
  expect(castsOf(query)).toEqual({
    id: 'uuid',
    settings: 'jsonb',
    rules: 'jsonb',
    reason: 'text',
    version: 'bigint',
    caller: 'jsonb',
  });
  expect(query.parameters).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
    settings: '{"block_from":75}',
    rules: '[{"rule":"VELOCITY","enabled":false}]',
    reason: 'a test',
    version: 7,
  });
});

test('what is not to change is sent as nothing to change', async () => {
  const { database, sent } = fakeDatabase(() => ({ fraud_rules: fraudRulesWith() }));
  await createFraudRuleBook(database).setRules(nameless);
  expect(sent[0]?.parameters).toMatchObject({ settings: '{}', rules: '[]', version: null });
});

test('a refusal says which part of the change is to blame, and what it must be', async () => {
  const refusal = { code: 'INVALID_REQUEST', field: 'settings.time_zone', message: 'must be a time zone' };
  const { database } = fakeDatabase(() => ({ refusal }));
  const error = await bankErrorOf(() => createFraudRuleBook(database).setRules(nameless));
  expect(error).toMatchObject({
    code: 'INVALID_REQUEST',
    details: { fields: [{ field: 'settings.time_zone', message: 'must be a time zone' }] },
  });
});
