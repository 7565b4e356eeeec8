import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { pdfTexts } from '../../support/pdf-text.ts';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { accountId } from '../support/records.ts';
import { lineWith, summaryWith } from '../support/statements.ts';

const [database, s3] = [mockClient(RDSDataClient), mockClient(S3Client)];
const environment = {
  AWS_REGION: 'us-east-1',
  DATABASE_CLUSTER_ARN: 'cluster',
  DATABASE_SECRET_ARN: 'secret',
  DATABASE_NAME: 'bank',
  STATEMENT_BUCKET: 'statements',
};

beforeEach(() => {
  database.reset();
  s3.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
});

const statement = { account_id: accountId, period: '2026-03' };

/** The database has these pages of accounts to close, then these statements to archive. */
function databaseHas(closings: object[], claims: object[][]): void {
  const [pages, batches] = [[...closings], [...claims]];
  const answers: Record<string, () => unknown> = {
    close_statements: () => pages.shift(),
    claim_statements: () => ({ statements: batches.shift() ?? [] }),
    read_closed_statement: () => ({
      statement: summaryWith(),
      holder: { name: 'Ada Example', address: null },
      last_version: 7,
      brought_forward: '1250.00',
      lines: [lineWith()],
    }),
    mark_statement_archived: () => ({ marked: true }),
  };
  database.on(ExecuteStatementCommand).callsFake(({ sql }: { sql: string }) => {
    const [, name = ''] = /bank\.(\w+)\(/.exec(sql) ?? [];
    return { records: [[{ stringValue: JSON.stringify(answers[name]?.()) }]] };
  });
}

async function run(remaining = 900_000) {
  const { handler } = await import('../../../lambdas/schedules/make-statements.ts');
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => remaining };
  return handler({ scheduledTime: '2026-04-01T07:00:00Z', name: 'make-statements' }, context);
}

const calls = (name: string) =>
  database.commandCalls(ExecuteStatementCommand).filter(call => call.args[0].input.sql?.includes(name));

test('months are closed account by account, then their statements put into the archive as PDF and JSON', async () => {
  const log = captureLogs();
  databaseHas(
    [
      { closed: 500, broken: [], next: accountId },
      { closed: 3, broken: [statement], next: null },
    ],
    [[statement], [statement]],
  );
  expect(await run()).toEqual({ closed: 503, archived: 2, failed: 0, broken: [statement], errors: {}, complete: true });
  const puts = s3.commandCalls(PutObjectCommand).map(call => call.args[0].input);
  expect(puts.slice(0, 2).map(({ Bucket, Key, ContentType }) => [Bucket, Key, ContentType])).toEqual([
    ['statements', `statements/${accountId}/2026-03.pdf`, 'application/pdf'],
    ['statements', `statements/${accountId}/2026-03.json`, 'application/json'],
  ]);
  expect(pdfTexts(puts[0]?.Body as Uint8Array)).toContain('1,237.50');
  expect(JSON.parse(String(puts[1]?.Body))).toMatchObject({ ...summaryWith(), lines: [lineWith()] });
  expect(calls('mark_statement_archived')).toHaveLength(2);
  expect(log()).toMatch(/"StatementsClosed":503.*"StatementsArchived":2.*"StatementsFailed":0.*"StatementsBroken":1/);
});

test('what does not fit into the time is left for the next run', async () => {
  captureLogs();
  databaseHas([{ closed: 500, broken: [], next: accountId }], [[statement]]);
  expect(await run(10_000)).toMatchObject({ closed: 500, archived: 0, complete: false });
  expect(calls('claim_statements')).toHaveLength(0);
});

test('a statement that fails is counted by the name of its error, which tells nothing of it, and stops no other', async () => {
  const log = captureLogs();
  databaseHas([{ closed: 0, broken: [], next: null }], [[statement, statement]]);
  s3.on(PutObjectCommand)
    .rejectsOnce(Object.assign(new Error('for Ada Example'), { name: 'SlowDown' }))
    .resolves({});
  expect(await run()).toMatchObject({ archived: 1, failed: 1, errors: { SlowDown: 1 }, complete: true });
  expect(log()).not.toContain('Ada');
});

test('a database that says no fails the run, which is then tried again', async () => {
  captureLogs();
  database.on(ExecuteStatementCommand).rejects(new Error('permission denied'));
  await expect(run()).rejects.toThrow('permission denied');
});

test('without a bucket the function does not start', async () => {
  vi.stubEnv('STATEMENT_BUCKET', '');
  await expect(run()).rejects.toThrow(/STATEMENT_BUCKET/);
});
