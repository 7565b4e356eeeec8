import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let teller: Person;
beforeAll(async () => {
  bank = await startSystem();
  [alice, teller] = [await bank.person('customer'), await bank.person('teller')];
});
afterAll(() => bank?.close());

const reason = 'asked at the counter';

/** The ETag that reading an account gives now. */
async function tagOf(account: string): Promise<string> {
  const { headers } = await bank.call(teller, 'GET', `/accounts/${account}`);
  return headers.get('etag') ?? '';
}

describe('changing an account', () => {
  test('takes the ETag that reading gave, and gives the next', async () => {
    const path = `/accounts/${await bank.account(alice)}`;
    const read = await bank.call(teller, 'GET', path);
    expect(read.headers.get('etag')).toBe(`"${read.body.version}"`);
    const ifMatch = { 'if-match': String(read.headers.get('etag')) };
    const changed = await bank.call(teller, 'PATCH', path, { overdraft_limit: '50.00', interest_rate: 0.02 }, ifMatch);
    expect(changed).toMatchObject({ status: 200, body: { overdraft_limit: '50.00', interest_rate: '0.020000' } });
    expect(changed.headers.get('etag')).toBe(`"${changed.body.version}"`);
    expect(await bank.call(alice, 'GET', path)).toMatchObject({ status: 200, body: changed.body });
    const next = { 'if-match': String(changed.headers.get('etag')) };
    expect(await bank.call(teller, 'PATCH', path, { overdraft_limit: '60' }, next)).toMatchObject({ status: 200 });
  });

  test('without If-Match answers 428, from an older version 412, with nonsense 400, and changes nothing', async () => {
    const account = await bank.account(alice);
    const tag = await tagOf(account);
    await bank.call(teller, 'POST', '/deposit', { account_id: account, amount: '1' });
    const since = await tagOf(account);
    const change = (headers: Record<string, string>) =>
      bank.call(teller, 'PATCH', `/accounts/${account}`, { overdraft_limit: '5' }, headers);
    expect(await change({})).toMatchObject({ status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
    expect(await change({ 'if-match': tag })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(await change({ 'if-match': `W/${since}` })).toMatchObject({ status: 412 });
    expect(await change({ 'if-match': '7' })).toMatchObject({ status: 400, body: { errors: [{ field: 'If-Match' }] } });
    expect(await tagOf(account)).toBe(since);
    expect(await change({ 'if-match': '*' })).toMatchObject({ status: 200, body: { overdraft_limit: '5.00' } });
  });

  test('is not for customers, whatever they send', async () => {
    const path = `/accounts/${await bank.account(alice)}`;
    const headers = { 'if-match': '*' };
    for (const [method, route, body] of [
      ['PATCH', path, { overdraft_limit: '1000000' }],
      ['POST', `${path}/freeze`, { reason }],
      ['POST', `${path}/unfreeze`, { reason }],
      ['POST', `${path}/close`, { reason }],
    ] as const) {
      expect(await bank.call(alice, method, route, body, headers)).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
    }
  });
});

test('an account that the reader has already is 304 without a body', async () => {
  const account = await bank.account(alice);
  const headers = { 'if-none-match': await tagOf(account) };
  expect(await bank.call(alice, 'GET', `/accounts/${account}`, undefined, headers)).toMatchObject({
    status: 304,
    body: {},
  });
  await bank.call(teller, 'POST', '/deposit', { account_id: account, amount: '1' });
  expect(await bank.call(alice, 'GET', `/accounts/${account}`, undefined, headers)).toMatchObject({ status: 200 });
});

test('a frozen account refuses its customer until it is let go', async () => {
  const account = await bank.account(alice, '10');
  const withdraw = () => bank.call(alice, 'POST', '/withdrawal', { account_id: account, amount: '1' });
  expect(await bank.call(teller, 'POST', `/accounts/${account}/freeze`, { reason })).toMatchObject({
    status: 200,
    body: { status: 'FROZEN' },
  });
  expect(await withdraw()).toMatchObject({ status: 403, body: { code: 'ACCOUNT_NOT_ACTIVE' } });
  expect(await bank.call(teller, 'POST', `/accounts/${account}/freeze`, { reason })).toMatchObject({
    status: 409,
    body: { code: 'WRONG_STATUS' },
  });
  await bank.call(teller, 'POST', `/accounts/${account}/unfreeze`, { reason });
  expect(await withdraw()).toMatchObject({ status: 200 });
});

test('an account is closed with a sweep in one Data API call, and closing it again under the key is the same answer', async () => {
  const [account, target] = [await bank.account(alice, '7.25'), await bank.account(alice)];
  const close = (body: object, key = randomUUID()) =>
    bank.call(teller, 'POST', `/accounts/${account}/close`, { reason, ...body }, { 'idempotency-key': key });
  expect(await close({})).toMatchObject({ status: 409, body: { code: 'BALANCE_NOT_ZERO' } });
  expect(await close({ sweep_to_account_id: account })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'sweep_to_account_id' }] },
  });
  bank.callsSinceLast();
  const key = randomUUID();
  const closed = await close({ sweep_to_account_id: target }, key);
  expect(bank.callsSinceLast()).toBe(1);
  expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', balance: '0.00' } });
  const again = await close({ sweep_to_account_id: target }, key);
  expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([closed.body, 'true']);
  expect(await bank.balance(target)).toBe('7.25');
});
