import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { countsIn } from '../support/schedules.ts';

const database = mockClient(RDSDataClient);

const environment = {
  AWS_REGION: 'us-east-1',
  DATABASE_CLUSTER_ARN: 'cluster',
  DATABASE_SECRET_ARN: 'secret',
  DATABASE_NAME: 'bank',
  AUDIT_BUCKET: 'audit',
  SEAL_KEY_ID: 'seal-key',
};

const event = { scheduledTime: '2026-03-01T09:30:00Z', name: 'SealAudit' };

/** The function is loaded anew, as Lambda does, in its environment. */
beforeEach(() => {
  database.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
});

const load = async () => (await import('../../../lambdas/schedules/seal-audit.ts')).handler;

test('with nothing to seal it asks the database, as its own login, and says that it is done', async () => {
  captureLogs();
  const answers = [{ seal: null }, { read_at: '2026-03-01T09:30:00+00:00', rows: [] }];
  database
    .on(ExecuteStatementCommand)
    .resolvesOnce({ records: [[{ stringValue: JSON.stringify(answers[0]) }]] })
    .resolvesOnce({ records: [[{ stringValue: JSON.stringify(answers[1]) }]] });
  const handler = await load();
  expect(await handler(event, lambdaContext())).toEqual({ done: true, seals: 0, rows: 0 });
  expect(database.commandCalls(ExecuteStatementCommand)[0]?.args[0].input).toMatchObject({ secretArn: 'secret' });
});

test('with too little time left it begins no seal, and leaves it to the next run', async () => {
  captureLogs();
  const handler = await load();
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => 15_000 };
  expect(await handler(event, context)).toEqual({ done: false, seals: 0, rows: 0 });
  expect(database.calls()).toHaveLength(0);
});

test('without its bucket or its key it does not start', async () => {
  vi.stubEnv('AUDIT_BUCKET', '');
  vi.stubEnv('SEAL_KEY_ID', '');
  await expect(load()).rejects.toThrow(/AUDIT_BUCKET.*SEAL_KEY_ID/);
});

test.each([
  ['nothing is left to seal', 300_000, 1],
  ['there is no time to look', 15_000, 0],
])('whether all is sealed is measured: %s', async (_what, milliseconds, all) => {
  const logged = captureLogs();
  const answers = [{ seal: null }, { read_at: '2026-03-01T09:30:00+00:00', rows: [] }];
  database
    .on(ExecuteStatementCommand)
    .resolvesOnce({ records: [[{ stringValue: JSON.stringify(answers[0]) }]] })
    .resolvesOnce({ records: [[{ stringValue: JSON.stringify(answers[1]) }]] });
  const handler = await load();
  await handler(event, { ...lambdaContext(), getRemainingTimeInMillis: () => milliseconds });
  expect(countsIn(logged(), 'AuditSealedAll', 'AuditRowsSealed')).toEqual({ AuditSealedAll: all, AuditRowsSealed: 0 });
});
