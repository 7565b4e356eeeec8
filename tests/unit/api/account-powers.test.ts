import { describe, expect, test } from 'vitest';
import { closeAccount } from '../../../lambdas/api/accounts/close-account.ts';
import { freezeAccount } from '../../../lambdas/api/accounts/freeze-account.ts';
import { unfreezeAccount } from '../../../lambdas/api/accounts/unfreeze-account.ts';
import { updateAccount } from '../../../lambdas/api/accounts/update-account.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf, type RequestOptions } from '../support/events.ts';
import { accountsCapability, send } from '../support/fakes.ts';
import { accountId, accountWith, otherAccountId } from '../support/records.ts';

const claims = claimsOf('teller');
const params = { id: accountId };
const reason = 'asked at the counter';

describe('an update', () => {
  async function update(body: object, request: RequestOptions = {}) {
    const capability = accountsCapability();
    const headers = { 'if-match': '"7"' };
    const answer = await send(updateAccount, capability, { claims, params, body, headers, ...request });
    return { answer, asked: capability.powers.updateAccount.mock.calls[0]?.[0] };
  }

  test('asks for what is named, from the version that was read, and answers the account with its ETag', async () => {
    const { asked, answer } = await update({ overdraft_limit: '12.50' });
    expect(asked).toMatchObject({ account_id: accountId, overdraft_limit: '12.50', version: 7 });
    expect(asked?.interest_rate).toBeUndefined();
    expect(answer.json).toEqual(accountWith());
    expect(answer.headers).toMatchObject({ etag: '"7"' });
  });

  test('needs If-Match', async () => {
    const error = await bankErrorOf(() => update({ overdraft_limit: '1' }, { headers: {} }));
    expect(error.code).toBe('IF_MATCH_REQUIRED');
  });

  test.each([
    {},
    { balance: '5' },
    { status: 'CLOSED' },
    { version: 1 },
    { overdraft_limit: '-1' },
    { interest_rate: '2' },
  ])('of %j is refused', async body => {
    expect((await refusedFields(() => update(body))).length).toBeGreaterThan(0);
  });

  test('is not for customers', async () => {
    const request = { claims: claimsOf('customer') };
    expect((await bankErrorOf(() => update({ overdraft_limit: '1' }, request))).code).toBe('FORBIDDEN');
  });
});

test.each([
  ['freezeAccount', freezeAccount],
  ['unfreezeAccount', unfreezeAccount],
] as const)('%s asks with the reason, and needs one', async (name, handler) => {
  const capability = accountsCapability();
  const { json } = await send(handler, capability, { claims, params, body: { reason } });
  expect(capability.powers[name]).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ account_id: accountId, reason }),
  );
  expect(json).toEqual(accountWith());
  expect(await refusedFields(() => send(handler, capability, { claims, params, body: {} }))).toEqual(['reason']);
});

test.each([true, false])('unfreezing asks for four eyes where the stage wants them: %s', async fourEyes => {
  const capability = { ...accountsCapability(), fourEyes };
  await send(unfreezeAccount, capability, { claims, params, body: { reason } });
  expect(capability.powers.unfreezeAccount).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ fourEyes }));
});

describe('closing', () => {
  async function close(body: object) {
    const capability = accountsCapability();
    const headers = { 'idempotency-key': 'key-1' };
    await send(closeAccount, capability, { claims, params, body: { reason, ...body }, headers });
    return capability.powers.closeAccount.mock.calls[0]?.[0];
  }

  test('asks with the key, the reason, and where the balance goes', async () => {
    expect(await close({ sweep_to_account_id: otherAccountId })).toMatchObject({
      account_id: accountId,
      sweep_to_account_id: otherAccountId,
      reason,
      key: 'key-1',
    });
  });

  test('does not sweep an account to itself', async () => {
    expect(await refusedFields(() => close({ sweep_to_account_id: accountId.toUpperCase() }))).toEqual([
      'sweep_to_account_id',
    ]);
  });
});
