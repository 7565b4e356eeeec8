import { describe, expect, test } from 'vitest';
import { type AccountPowers, createAccountPowers } from '../../../lambdas/adapters/account-powers.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, accountWith, otherAccountId } from '../support/records.ts';

const uuid7 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const caller = customer;
const reason = 'lost card';

/** Uses a power where the database answers so, and answers the one query that was sent. */
async function use<Outcome>(
  work: (powers: AccountPowers) => Promise<Outcome>,
  reply: unknown = { account: accountWith() },
) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createAccountPowers(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('updating an account', () => {
  const update = (changes: { overdraft_limit?: string; version?: number | null }) =>
    use(powers =>
      powers.updateAccount({
        account_id: accountId,
        overdraft_limit: undefined,
        interest_rate: '0.05',
        version: 7,
        caller,
        ...changes,
      }),
    );

  test('is one call of its SQL function, with the version expected, and null for what stays', async () => {
    const { query, outcome } = await update({});
    expect(functionOf(query)).toBe('bank.update_account');
    expect(castsOf(query)).toEqual({
      id: 'uuid',
      account_id: 'uuid',
      overdraft_limit: 'numeric',
      interest_rate: 'numeric',
      interest_rate_from: 'date',
      version: 'bigint',
      caller: 'jsonb',
    });
    expect(query.parameters).toEqual({
      id: uuid7,
      account_id: accountId,
      overdraft_limit: null,
      interest_rate: '0.05',
      interest_rate_from: null,
      version: 7,
      caller: expect.stringContaining(customerId),
    });
    expect(outcome).toEqual(accountWith());
  });

  test('where any version will do sends none', async () => {
    expect((await update({ version: null, overdraft_limit: '5' })).query.parameters).toMatchObject({
      version: null,
      overdraft_limit: '5',
    });
  });
});

describe.each(['freeze', 'unfreeze'] as const)('to %s an account', verb => {
  const change = (reply?: unknown) =>
    use(powers => powers[`${verb}Account`]({ account_id: accountId, reason, fourEyes: true, caller }), reply);

  test('is one call of its SQL function, with an id of its own and the reason', async () => {
    const { query, outcome } = await change();
    expect(functionOf(query)).toBe(`bank.${verb}_account`);
    const fourEyes = verb === 'unfreeze' ? { four_eyes: 'text' } : {};
    expect(castsOf(query)).toEqual({ id: 'uuid', account_id: 'uuid', reason: 'text', ...fourEyes, caller: 'jsonb' });
    expect(query.parameters).toMatchObject({ id: uuid7, account_id: accountId, reason });
    expect(query.parameters.four_eyes).toBe(verb === 'unfreeze' ? true : undefined);
    expect(outcome).toEqual(accountWith());
  });

  test('that is not in that status throws', async () => {
    const error = await bankErrorOf(() => change({ refusal: { code: 'WRONG_STATUS', field: 'id' } }));
    expect(error.code).toBe('WRONG_STATUS');
  });
});

describe('closing an account', () => {
  const close = (changes: { sweep_to_account_id?: string; key?: string } = {}) =>
    use(
      powers =>
        powers.closeAccount({
          account_id: accountId,
          sweep_to_account_id: undefined,
          reason,
          caller,
          key: undefined,
          ...changes,
        }),
      { account: accountWith({ status: 'CLOSED' }), replayed: true },
    );

  test('is one call of its SQL function, with the key and where the balance goes', async () => {
    const { query, outcome } = await close({ sweep_to_account_id: otherAccountId, key: 'key-1' });
    expect(functionOf(query)).toBe('bank.close_account');
    expect(query.parameters).toMatchObject({
      id: uuid7,
      account_id: accountId,
      sweep_to_account_id: otherAccountId,
      key: 'key-1',
    });
    expect(outcome).toMatchObject({ account: { status: 'CLOSED' }, replayed: true });
  });

  test('without a key has its own id for one, and without a sweep sends none', async () => {
    const { parameters } = (await close()).query;
    expect(parameters.key).toBe(parameters.id);
    expect(parameters.sweep_to_account_id).toBeNull();
  });
});
