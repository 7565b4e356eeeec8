import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { internalsIn } from '../support/internals.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let analyst: Person;
let admin: Person;
let source: string;
let destination: string;
beforeAll(async () => {
  bank = await startSystem();
  [alice, analyst, admin] = [await bank.person('customer'), await bank.person('analyst'), await bank.person('admin')];
  [source, destination] = [await bank.account(alice, '100'), await bank.account(await bank.person('customer'))];
});
afterAll(() => bank?.close());

const send = (amount: string, key = randomUUID() as string) =>
  bank.call(
    alice,
    'POST',
    '/transfer',
    { from_account_id: source, to_account_id: destination, amount },
    { 'idempotency-key': key },
  );

describe('a transfer that the rules stop', () => {
  // Stopped, but not so bad that the worker would freeze the account meanwhile.
  beforeAll(() => scoreEverything(bank.database.pool, 80));
  afterAll(() => useFraudRules(bank.database.pool));

  test('is answered 403 with its FAILED transaction, and nothing tells which rule or what score stopped it', async () => {
    const { status, body, headers } = await send('12.50');
    expect([status, body.code]).toEqual([403, 'FRAUD_BLOCKED']);
    expect(Object.keys(body).toSorted()).toEqual([
      'code',
      'request_id',
      'status',
      'title',
      'transaction_id',
      'transaction_ref',
      'type',
    ]);
    const failed = await bank.call(alice, 'GET', `/transactions/${body.transaction_id}`);
    expect(failed.body).toMatchObject({ status: 'FAILED', failure_code: 'FRAUD_BLOCKED' });
    const history = await bank.call(alice, 'GET', `/transactions?account_id=${source}`);
    const told = JSON.stringify([body, [...headers], failed.body, history.body]);
    expect(told).not.toMatch(/velocity|score|outcome|alert|rule/i);
    expect(internalsIn(told)).toBeUndefined();
  });

  test('is taken by an analyst, found to be a false alarm, and passes once under a new key', async () => {
    const key = randomUUID();
    const stopped = await send('20', key);
    const list = await bank.call(analyst, 'GET', `/fraud-alerts?account_id=${source}&status=OPEN&limit=1`);
    const [alert] = list.body.alerts as { id: string; transaction_id: string }[];
    expect(alert?.transaction_id).toBe(stopped.body.transaction_id);
    const path = `/fraud-alerts/${alert?.id}`;
    expect((await bank.call(analyst, 'GET', path)).body).toMatchObject({
      alert: { rules_triggered: [{ rule: 'VELOCITY', score: 80 }], outcome: 'BLOCK_PENDING_REVIEW' },
      transaction: { id: stopped.body.transaction_id, amount: '20.00' },
      account: { id: source, customer_id: alice.id },
    });
    expect((await bank.call(analyst, 'POST', `${path}/assign`)).body).toMatchObject({ investigator: analyst.id });
    const closing = { resolution: 'FALSE_POSITIVE', notes: 'she called' };
    const closed = await bank.call(analyst, 'POST', `${path}/resolve`, closing);
    expect(closed.body).toMatchObject({ status: 'FALSE_POSITIVE', allowed_until: expect.any(String) });
    expect(await bank.call(admin, 'POST', `${path}/resolve`, closing)).toMatchObject({
      status: 200,
      body: closed.body,
    });
    const other = await bank.call(analyst, 'POST', `${path}/resolve`, { ...closing, resolution: 'RESOLVED' });
    expect([other.status, other.body.code]).toEqual([409, 'WRONG_STATUS']);

    const replay = await send('20', key);
    expect([replay.status, replay.body.code, replay.headers.get('idempotent-replayed')]).toEqual([
      403,
      'FRAUD_BLOCKED',
      'true',
    ]);
    expect((await send('20')).status).toBe(200);
    expect((await send('20')).body.code).toBe('FRAUD_BLOCKED');
  });
});

test('the rules are changed from the version that was read, by one admin at a time', async () => {
  const read = await bank.call(analyst, 'GET', '/fraud-rules');
  const etag = read.headers.get('etag') ?? '';
  const change = {
    settings: { time_zone: 'Europe/Berlin' },
    rules: [{ rule: 'LOCATION', enabled: false }],
    reason: 'moved',
  };
  const put = (body: unknown, headers = {}) => bank.call(admin, 'PUT', '/fraud-rules', body, headers);
  expect((await put(change)).status).toBe(428);
  const changed = await put(change, { 'if-match': etag });
  expect([changed.status, changed.body.settings]).toEqual([
    200,
    expect.objectContaining({ time_zone: 'Europe/Berlin' }),
  ]);
  expect((await put(change, { 'if-match': etag })).status).toBe(412);
  const again = await bank.call(analyst, 'GET', '/fraud-rules', undefined, {
    'if-none-match': String(changed.headers.get('etag')),
  });
  expect(again.status).toBe(304);
});

test('a change that the database refuses names the field and what it must be, and nothing internal', async () => {
  const bodies = {
    'settings.time_zone': { settings: { time_zone: 'Mars/Olympus' } },
    'rules.0.parameters.many': { rules: [{ rule: 'VELOCITY', parameters: { many: 5 } }] },
    'rules.0.rule': { rules: [{ rule: 'NO_SUCH_RULE', enabled: true }] },
  };
  for (const [field, body] of Object.entries({ ...bodies })) {
    const reply = await bank.call(admin, 'PUT', '/fraud-rules', { ...body, reason: 'a test' }, { 'if-match': '*' });
    expect([reply.status, reply.body.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(internalsIn(JSON.stringify(reply.body))).toBeUndefined();
    const [error] = reply.body.errors as { field: string; message: string }[];
    expect(error?.field).toMatch(field === 'rules.0.parameters.many' ? /^rules\.0\.parameters\.\w+$/ : field);
    expect(error?.message).toMatch(/^(must be|is required)/);
  }
});
