import { describe, expect, test } from 'vitest';
import { captureHold } from '../../../lambdas/api/holds/capture-hold.ts';
import { getHold } from '../../../lambdas/api/holds/get-hold.ts';
import { listHolds } from '../../../lambdas/api/holds/list-holds.ts';
import { placeHold } from '../../../lambdas/api/holds/place-hold.ts';
import { releaseHold } from '../../../lambdas/api/holds/release-hold.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { send } from '../support/fakes.ts';
import { fakeHolds, holdId, holdWith } from '../support/holds.ts';
import { accountId, otherAccountId, transactionWith } from '../support/records.ts';

const params = { id: holdId };
const caller = expect.objectContaining({ id: customerId, ownAccountsOnly: true });
const key = { 'idempotency-key': 'key-1' };
const wanted = { account_id: accountId, amount: '60' };
const paid = { to_account_id: otherAccountId };

describe('placing a hold', () => {
  test('becomes one command, and answers 201 with the hold', async () => {
    const holds = fakeHolds();
    const body = { ...wanted, expires_at: '2026-03-01T00:00:00Z', description: 'Hotel' };
    const { statusCode, json } = await send(placeHold, { holds }, { body, headers: key });
    expect(holds.placeHold).toHaveBeenCalledExactlyOnceWith({ ...body, caller, key: 'key-1' });
    expect([statusCode, json]).toEqual([201, holdWith()]);
  });

  test('again under its key says so', async () => {
    const holds = fakeHolds();
    holds.placeHold.mockResolvedValue({ hold: holdWith(), replayed: true });
    const { headers } = await send(placeHold, { holds }, { body: wanted });
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  test.each([
    [{ amount: '0' }, 'amount'],
    [{ amount: '-1' }, 'amount'],
    [{ amount: '1e2' }, 'amount'],
    [{ account_id: 'mine' }, 'account_id'],
    [{ expires_at: 'tomorrow' }, 'expires_at'],
    [{ expires_at: '2026-03-01' }, 'expires_at'],
    [{ expires_at: '2026-02-30T00:00:00Z' }, 'expires_at'],
    [{ description: 'x'.repeat(201) }, 'description'],
    [{ to_account_id: otherAccountId }, 'to_account_id'],
    [{ status: 'CAPTURED' }, 'status'],
  ])('with %j is refused', async (change, field) => {
    const body = { ...wanted, ...change };
    expect(await refusedFields(() => send(placeHold, { holds: fakeHolds() }, { body }))).toEqual([field]);
  });
});

describe('capturing a hold', () => {
  const capture = async (body: object, holds = fakeHolds()) => {
    const answer = await send(captureHold, { holds }, { params, body, headers: key });
    return { ...answer, asked: holds.captureHold.mock.calls[0]?.[0] };
  };

  test('takes all that is left and ends the hold, unless it says otherwise', async () => {
    const common = { hold_id: holdId, to_account_id: otherAccountId, caller, key: 'key-1' };
    expect((await capture(paid)).asked).toEqual({ ...common, amount: undefined, final: true, description: undefined });
    const terms = { amount: '12.50', final: false, description: 'Two nights' };
    expect((await capture({ ...paid, ...terms })).asked).toEqual({ ...common, ...terms });
  });

  test('answers the hold and its transfer, and how the caller stands with its limit', async () => {
    const holds = fakeHolds();
    const rate_limit = { policy: 'transfers', quota: 10, window: 60, remaining: 9, reset: 60 } as const;
    const answer = { hold: holdWith(), transaction: transactionWith(), replayed: false, rate_limit };
    holds.captureHold.mockResolvedValue(answer);
    const { statusCode, json, headers } = await capture(paid, holds);
    expect([statusCode, json]).toEqual([200, { hold: holdWith(), transaction: transactionWith() }]);
    expect(headers).toMatchObject({ ratelimit: '"transfers";r=9;t=60' });
  });

  test.each([
    [{ amount: '0' }, 'amount'],
    [{ final: 'yes' }, 'final'],
    [{ to_account_id: undefined }, 'to_account_id'],
    [{ from_account_id: accountId }, 'from_account_id'],
  ])('with %j is refused', async (change, field) => {
    expect(await refusedFields(() => capture({ ...paid, ...change }))).toEqual([field]);
  });
});

test('releasing a hold needs no body, and takes none that says anything', async () => {
  const holds = fakeHolds();
  const { json } = await send(releaseHold, { holds }, { params });
  expect(holds.releaseHold).toHaveBeenCalledExactlyOnceWith(holdId, caller);
  expect(json).toEqual(holdWith({ status: 'RELEASED' }));
  const body = { amount: '1' };
  expect(await refusedFields(() => send(releaseHold, { holds }, { params, body }))).toEqual(['amount']);
});

test('a hold is read by its id', async () => {
  const holds = fakeHolds();
  expect((await send(getHold, { holds }, { params })).json).toEqual(holdWith());
  expect(holds.readHold).toHaveBeenCalledExactlyOnceWith(holdId, caller);
});

describe('the list', () => {
  const list = async (query: Record<string, string>) => {
    const holds = fakeHolds();
    const { json } = await send(listHolds, { holds }, { query });
    return { json, asked: holds.listHolds.mock.calls[0]?.[0] };
  };

  test('is of one account and one status, or of everything', async () => {
    const { asked, json } = await list({ account_id: accountId, status: 'OPEN', limit: '5', cursor: 'abc' });
    expect(asked).toEqual({ account_id: accountId, status: 'OPEN', limit: 5, cursor: 'abc', caller });
    expect(json).toEqual({ holds: [holdWith()], next_cursor: 'next' });
    expect((await list({})).asked).toMatchObject({ account_id: undefined, status: undefined, limit: 50 });
  });

  test.each([
    ['status', 'open'],
    ['account_id', "' or 1=1"],
    ['limit', '0'],
  ])('with %s=%s is refused', async (name, value) => {
    expect(await refusedFields(() => list({ [name]: value }))).toEqual([name]);
  });
});

test.each(['analyst', 'auditor', 'admin'])('an %s reads holds, and touches none', async group => {
  const claims = claimsOf(group);
  const dependencies = { holds: fakeHolds() };
  expect((await send(getHold, dependencies, { claims, params })).statusCode).toBe(200);
  for (const attempt of [
    () => send(placeHold, dependencies, { claims, body: wanted }),
    () => send(captureHold, dependencies, { claims, params, body: paid }),
    () => send(releaseHold, dependencies, { claims, params }),
  ]) {
    expect((await bankErrorOf(attempt)).code).toBe('FORBIDDEN');
  }
});
