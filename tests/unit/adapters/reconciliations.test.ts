import { expect, test } from 'vitest';
import { createReconciliations } from '../../../lambdas/adapters/reconciliations.ts';
import { customer as caller } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { reconciliationWith } from '../support/reconciliations.ts';

const report = reconciliationWith();
const older = reconciliationWith({
  id: '0198d5f6-3b5d-7e94-82d7-8c7a6e5f4d31',
  started_at: '2026-03-01T02:00:00+00:00',
});

test('a page asks for one row more than it holds, and its cursor for what comes after its last row', async () => {
  const { database, sent } = fakeDatabase(() => ({ reconciliations: [report, older] }));
  const reports = createReconciliations(database);
  const { reconciliations, next_cursor } = await reports.listReconciliations({ limit: 1, cursor: undefined, caller });
  expect(reconciliations.map(({ id }) => id)).toEqual([report.id]);
  await reports.listReconciliations({ limit: 2, cursor: next_cursor ?? undefined, caller });
  expect(sent.map(functionOf)).toEqual(['bank.list_reconciliations', 'bank.list_reconciliations']);
  expect(sent[0]?.parameters).toMatchObject({ before_started_at: null, before_id: null, page_size: 2 });
  expect(sent[1]?.parameters).toMatchObject({ before_started_at: report.started_at, before_id: report.id });
  expect(sent.map(castsOf)[0]).toEqual({
    before_started_at: 'timestamptz',
    before_id: 'uuid',
    page_size: 'integer',
    caller: 'jsonb',
  });
});

test('the last page has no cursor', async () => {
  const { database } = fakeDatabase(() => ({ reconciliations: [report] }));
  const page = await createReconciliations(database).listReconciliations({ limit: 1, cursor: undefined, caller });
  expect(page.next_cursor).toBeNull();
});

test('a report that is not there is refused', async () => {
  const { database } = fakeDatabase(() => ({ refusal: { code: 'RECONCILIATION_NOT_FOUND', field: 'id' } }));
  const error = await bankErrorOf(() => createReconciliations(database).readReconciliation(report.id, caller));
  expect([error.code, error.status]).toEqual(['RECONCILIATION_NOT_FOUND', 404]);
});
