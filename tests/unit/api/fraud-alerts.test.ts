import { describe, expect, test } from 'vitest';
import { assignFraudAlert } from '../../../lambdas/api/fraud/assign-fraud-alert.ts';
import { getFraudAlert } from '../../../lambdas/api/fraud/get-fraud-alert.ts';
import { listFraudAlerts } from '../../../lambdas/api/fraud/list-fraud-alerts.ts';
import { resolveFraudAlert } from '../../../lambdas/api/fraud/resolve-fraud-alert.ts';
import { customerId, strangerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { fraudCapability, send } from '../support/fakes.ts';
import { accountId, alertId, alertWith, caseWith } from '../support/records.ts';

const claims = claimsOf('analyst');
const params = { id: alertId };
const caller = expect.objectContaining({ id: customerId, ownAccountsOnly: false });

describe('the list', () => {
  async function list(query: Record<string, string>, group = 'analyst') {
    const { alerts, ...rest } = fraudCapability();
    const { json } = await send(listFraudAlerts, { alerts, ...rest }, { claims: claimsOf(group), query });
    return { json, asked: alerts.listAlerts.mock.calls[0]?.[0] };
  }

  test('is asked for with every filter as it is meant, and a page', async () => {
    const filters = {
      status: 'OPEN',
      account_id: accountId,
      customer_id: strangerId,
      outcome: 'BLOCK_AND_ALERT',
      alert_type: 'VELOCITY',
      from: '2026-03-01T00:00:00.123456Z',
      to: '2026-04-01T00:00:00-05:00',
    };
    const { asked, json } = await list({ ...filters, min_score: '70', limit: '5', cursor: 'abc' });
    expect(asked).toEqual({ filters: { ...filters, min_score: 70 }, limit: 5, cursor: 'abc', caller });
    expect(json).toEqual({ alerts: [alertWith()], next_cursor: 'next' });
  });

  test('of everything has no filters and fifty to a page', async () => {
    expect((await list({}, 'auditor')).asked).toEqual({ filters: {}, limit: 50, cursor: undefined, caller });
  });

  test.each([
    ['status', 'CLOSED'],
    ['account_id', '5'],
    ['customer_id', "' or 1=1"],
    ['outcome', 'APPROVE!'],
    ['alert_type', 'velocity'],
    ['min_score', '101'],
    ['min_score', '-1'],
    ['min_score', '7.5'],
    ['from', 'yesterday'],
    ['from', '2026-03-01'],
    ['from', '2026-02-30T00:00:00Z'],
    ['from', '0000-01-01T00:00:00Z'],
    ['to', '2026-03-01T00:00:00+23:00'],
    ['to', '2026-03-01T00:00:00.1234567Z'],
    ['transaction_id', accountId],
  ])('with %s=%s is refused', async (name, value) => {
    expect(await refusedFields(() => list({ [name]: value }))).toEqual([name]);
  });

  test.each(['customer', 'teller', 'compliance'])('is not for a %s', async group => {
    expect((await bankErrorOf(() => list({}, group))).code).toBe('FORBIDDEN');
  });
});

test('a case is read whole, and has no ETag: its parts change by themselves', async () => {
  const capability = fraudCapability();
  const { json, headers } = await send(getFraudAlert, capability, { claims: claimsOf('auditor'), params });
  expect(capability.alerts.readCase).toHaveBeenCalledExactlyOnceWith(alertId, caller);
  expect(json).toEqual(caseWith());
  expect(headers).not.toHaveProperty('etag');
});

describe('assigning', () => {
  async function assign(body: object | undefined, group = 'analyst') {
    const capability = fraudCapability();
    const { json } = await send(assignFraudAlert, capability, { claims: claimsOf(group), params, body });
    expect(json).toEqual(alertWith());
    return capability.alerts.assignAlert.mock.calls[0]?.[0];
  }

  test.each([{}, undefined])('with the body %j is to the caller', async body => {
    expect(await assign(body)).toEqual({ alert_id: alertId, investigator: customerId, caller });
  });

  test('may be to somebody else', async () => {
    expect(await assign({ investigator: strangerId }, 'admin')).toMatchObject({ investigator: strangerId });
  });

  test.each([{ investigator: 'me' }, { investigator: null }, { status: 'RESOLVED' }])('%j is refused', async body => {
    expect(await refusedFields(() => assign(body))).toEqual(Object.keys(body));
  });

  test.each(['customer', 'teller', 'auditor', 'compliance'])('is not for a %s', async group => {
    expect((await bankErrorOf(() => assign({}, group))).code).toBe('FORBIDDEN');
  });
});

describe('closing', () => {
  const found = { resolution: 'FALSE_POSITIVE', notes: 'The customer called.' };
  async function close(body: object, group = 'analyst') {
    const capability = fraudCapability();
    const { json } = await send(resolveFraudAlert, capability, { claims: claimsOf(group), params, body });
    expect(json).toEqual(alertWith());
    return capability.alerts.resolveAlert.mock.calls[0]?.[0];
  }

  test('says how it ended and why', async () => {
    expect(await close(found, 'admin')).toEqual({ alert_id: alertId, ...found, caller });
  });

  test.each([
    ['notes', { notes: undefined }],
    ['notes', { notes: '  ' }],
    ['notes', { notes: 'a\u0000b' }],
    ['notes', { notes: 'x'.repeat(2001) }],
    ['resolution', { resolution: 'OPEN' }],
    ['resolution', { resolution: undefined }],
    ['investigator', { investigator: strangerId }],
  ])('without proper %s is refused: %j', async (field, change) => {
    expect(await refusedFields(() => close({ ...found, ...change }))).toEqual([field]);
  });

  test.each(['customer', 'teller', 'auditor', 'compliance'])('is not for a %s', async group => {
    expect((await bankErrorOf(() => close(found, group))).code).toBe('FORBIDDEN');
  });
});

test.each([
  ['getFraudAlert', getFraudAlert, undefined],
  ['assignFraudAlert', assignFraudAlert, {}],
  ['resolveFraudAlert', resolveFraudAlert, { resolution: 'RESOLVED', notes: 'seen' }],
] as const)('%s is about an alert by its id', async (_name, handler, body) => {
  const work = () => send(handler, fraudCapability(), { claims, params: { id: 'first' }, body });
  expect(await refusedFields(work)).toEqual(['id']);
});
