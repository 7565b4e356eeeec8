import { describe, expect, test } from 'vitest';
import { createFraudAlerts, type FraudAlerts } from '../../../lambdas/adapters/fraud-alerts.ts';
import { decodeCursor, encodeCursor } from '../../../lambdas/domain/page.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, alertId, alertWith, caseWith, otherAlertId } from '../support/records.ts';

const uuid7 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const caller = customer;

/** Asks where the database answers so, and answers the one query that was sent. */
async function ask<Outcome>(work: (alerts: FraudAlerts) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createFraudAlerts(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('a page of alerts', () => {
  const list = (reply: unknown, cursor?: string) =>
    ask(alerts => alerts.listAlerts({ filters: { status: 'OPEN', min_score: 70 }, limit: 1, cursor, caller }), reply);

  test('is one call with the filters, and asks for one more to know whether there is another page', async () => {
    const { query, outcome } = await list({ alerts: [alertWith(), alertWith({ id: otherAlertId })] });
    expect(functionOf(query)).toBe('bank.list_fraud_alerts');
    expect(castsOf(query)).toEqual({
      filters: 'jsonb',
      before_created_at: 'timestamptz',
      before_id: 'uuid',
      page_size: 'integer',
      caller: 'jsonb',
    });
    expect(query.parameters).toMatchObject({
      filters: '{"status":"OPEN","min_score":70}',
      before_created_at: null,
      before_id: null,
      page_size: 2,
      caller: expect.stringContaining(customerId),
    });
    expect(outcome.alerts).toEqual([alertWith()]);
    expect(decodeCursor('fraud-alerts', outcome.next_cursor ?? '').id).toBe(alertId);
  });

  test('goes on from a cursor of its own, and from no other', async () => {
    const place = { created_at: alertWith().created_at, id: alertId };
    const { query, outcome } = await list({ alerts: [] }, encodeCursor('fraud-alerts', place));
    expect(query.parameters).toMatchObject({ before_created_at: place.created_at, before_id: alertId });
    expect(outcome).toEqual({ alerts: [], next_cursor: null });
    const error = await bankErrorOf(() => list({ alerts: [] }, encodeCursor('transactions', place)));
    expect(error.details.fields).toMatchObject([{ field: 'cursor' }]);
  });
});

test('a case is one call, and has what stands beside the alert', async () => {
  const { query, outcome } = await ask(alerts => alerts.readCase(alertId, caller), caseWith());
  expect(functionOf(query)).toBe('bank.read_fraud_alert');
  expect(castsOf(query)).toEqual({ alert_id: 'uuid', caller: 'jsonb' });
  expect(outcome).toMatchObject(caseWith());
});

test('assigning is one call with an id of its own and the investigator', async () => {
  const { query, outcome } = await ask(
    alerts => alerts.assignAlert({ alert_id: alertId, investigator: accountId, caller }),
    { alert: alertWith() },
  );
  expect(functionOf(query)).toBe('bank.assign_fraud_alert');
  expect(castsOf(query)).toEqual({ id: 'uuid', alert_id: 'uuid', investigator: 'uuid', caller: 'jsonb' });
  expect(query.parameters).toMatchObject({ id: uuid7, alert_id: alertId, investigator: accountId });
  expect(outcome).toEqual(alertWith());
});

describe('closing', () => {
  const close = (reply: unknown) =>
    ask(
      alerts => alerts.resolveAlert({ alert_id: alertId, resolution: 'FALSE_POSITIVE', notes: 'it was them', caller }),
      reply,
    );

  test('is one call with an id of its own, how it ended and why', async () => {
    const { query, outcome } = await close({ alert: alertWith() });
    expect(functionOf(query)).toBe('bank.resolve_fraud_alert');
    expect(castsOf(query)).toEqual({
      id: 'uuid',
      alert_id: 'uuid',
      resolution: 'text',
      notes: 'text',
      caller: 'jsonb',
    });
    expect(query.parameters).toMatchObject({
      id: uuid7,
      alert_id: alertId,
      resolution: 'FALSE_POSITIVE',
      notes: 'it was them',
    });
    expect(outcome).toEqual(alertWith());
  });

  test.each(['ALERT_NOT_FOUND', 'FORBIDDEN', 'WRONG_STATUS'])('that is refused with %s throws it', async code => {
    const error = await bankErrorOf(() => close({ refusal: { code, field: 'id' } }));
    expect([error.code, error.details.fields?.[0]?.field]).toEqual([code, 'id']);
  });
});
