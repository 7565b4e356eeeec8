import { describe, expect, test } from 'vitest';
import { createAuditLogs } from '../../../lambdas/adapters/audit.ts';
import { leafOf } from '../../../lambdas/domain/audit/leaf.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';
import { accountId } from '../support/records.ts';
import { auditLogs, auditLogWith } from '../support/seals.ts';

const nothing: SentQuery = { sql: '', parameters: {} };
const unfiltered = {
  entity_type: undefined,
  entity_id: undefined,
  actor_id: undefined,
  action: undefined,
  from: undefined,
  to: undefined,
};
const texts = (rows: unknown[]) => rows.map(row => JSON.stringify(row));

describe('listing the audit', () => {
  test('is one call of its SQL function, with all that is asked for', async () => {
    const { database, sent } = fakeDatabase(() => ({ audit_logs: texts(auditLogs(1)) }));
    const filter = {
      entity_type: 'account',
      entity_id: accountId,
      actor_id: customerId,
      action: 'AccountFrozen',
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00Z',
    };
    const listed = await createAuditLogs(database).listAuditLogs({
      ...filter,
      limit: 50,
      cursor: undefined,
      caller: customer,
    });
    expect(listed).toEqual({ audit_logs: auditLogs(1), next_cursor: null });
    const [query = nothing] = sent;
    const { from, to, ...same } = filter;
    expect([sent.length, functionOf(query)]).toEqual([1, 'bank.list_audit_logs']);
    expect(query.parameters).toMatchObject({ ...same, from_time: from, to_time: to, before_id: null, page_size: 51 });
    expect(castsOf(query)).toMatchObject({ entity_id: 'uuid', from_time: 'timestamptz', page_size: 'integer' });
  });

  test('goes on after the last row of the page before', async () => {
    const { database, sent } = fakeDatabase(() => ({ audit_logs: texts(auditLogs(3)) }));
    const request = { ...unfiltered, limit: 2, caller: customer };
    const page = await createAuditLogs(database).listAuditLogs({ ...request, cursor: undefined });
    expect(page.audit_logs).toHaveLength(2);
    await createAuditLogs(database).listAuditLogs({ ...request, cursor: String(page.next_cursor) });
    const { id, occurred_at } = auditLogWith({}, 1);
    expect(sent[1]?.parameters).toMatchObject({ before_occurred_at: occurred_at, before_id: id });
  });

  test("refuses another list's cursor", async () => {
    const { database } = fakeDatabase(() => ({ audit_logs: [] }));
    const cursor = Buffer.from('["transactions","2026-01-01T00:00:00+00:00","x"]').toString('base64url');
    const list = () => createAuditLogs(database).listAuditLogs({ ...unfiltered, limit: 2, cursor, caller: customer });
    expect(await refusedFields(list)).toEqual(['cursor']);
  });
});

describe('reading a row', () => {
  test.each([
    [7, 7],
    [null, undefined],
  ])('gives it with its leaf and its seal, %j', async (inDatabase, sealNumber) => {
    const text = JSON.stringify(auditLogWith());
    const { database, sent } = fakeDatabase(() => ({ audit_log: text, seal_number: inDatabase }));
    const read = await createAuditLogs(database).readAuditLog(auditLogWith().id, customer);
    expect(read).toEqual({ auditLog: auditLogWith(), leaf: leafOf(text), sealNumber });
    expect(functionOf(sent[0] ?? nothing)).toBe('bank.read_audit_log');
  });

  test('that is not there is refused', async () => {
    const { database } = fakeDatabase(() => ({ refusal: { code: 'AUDIT_LOG_NOT_FOUND', field: 'id' } }));
    const error = await bankErrorOf(() => createAuditLogs(database).readAuditLog(accountId, customer));
    expect([error.code, error.status]).toEqual(['AUDIT_LOG_NOT_FOUND', 404]);
  });
});

test('an auditor is admitted, or refused, in one call', async () => {
  let answer: object = {};
  const { database, sent } = fakeDatabase(() => answer);
  await createAuditLogs(database).admitAuditor(customer);
  answer = { refusal: { code: 'USER_DISABLED', field: null } };
  expect((await bankErrorOf(() => createAuditLogs(database).admitAuditor(customer))).code).toBe('USER_DISABLED');
  expect(sent.map(functionOf)).toEqual(['bank.admit_auditor', 'bank.admit_auditor']);
});
