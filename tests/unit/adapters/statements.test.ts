import { describe, expect, test } from 'vitest';
import { createStatementBooks } from '../../../lambdas/adapters/statement-books.ts';
import { linesAtOnce } from '../../../lambdas/adapters/statement-pages.ts';
import { createStatements } from '../../../lambdas/adapters/statements.ts';
import { encodeCursor } from '../../../lambdas/domain/page.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';
import { accountId, transactionId } from '../support/records.ts';
import { documentOf, lineWith, summaryWith } from '../support/statements.ts';

const request = { account_id: accountId, month: '2026-03-01', caller: customer };

/** A page of a statement as SQL answers it. */
const pageWith = (changes: object = {}) => ({
  statement: summaryWith(),
  holder: { name: 'Ada Example', address: null },
  last_version: 7,
  brought_forward: '1250.00',
  lines: [lineWith()],
  ...changes,
});

function statementsWhere(reply: (query: SentQuery) => unknown) {
  const { database, sent } = fakeDatabase(reply);
  return { statements: createStatements(database), sent };
}

describe('reading a page', () => {
  test('is one call of its SQL function, with every parameter sent and cast', async () => {
    const { statements, sent } = statementsWhere(() => pageWith());
    const cursor = encodeCursor('statement-lines', { created_at: lineWith().posted_at, id: transactionId });
    await statements.readStatement({ ...request, limit: 20, cursor });
    const [query = { sql: '', parameters: {} }] = sent;
    expect(sent).toHaveLength(1);
    expect(functionOf(query)).toBe('bank.read_statement');
    expect(castsOf(query)).toEqual({
      account_id: 'uuid',
      month: 'date',
      through_version: 'bigint',
      after_id: 'uuid',
      page_size: 'integer',
      caller: 'jsonb',
    });
    expect(query.parameters).toMatchObject({
      account_id: accountId,
      month: '2026-03-01',
      through_version: null,
      after_id: transactionId,
      page_size: 21,
    });
  });

  test('answers what the contract has of it, and no more lines than it was asked for', async () => {
    const two = [lineWith({ amount: '-2.50', balance: '1247.50' }), lineWith({ amount: '-10.00', balance: '1237.50' })];
    const { statements } = statementsWhere(() => pageWith({ statement: summaryWith({ line_count: 2 }), lines: two }));
    const page = await statements.readStatement({ ...request, limit: 1, cursor: undefined });
    expect(page).toMatchObject({ ...summaryWith({ line_count: 2 }), lines: [two[0]], next_cursor: expect.any(String) });
    expect(page).not.toHaveProperty('brought_forward');
  });

  test.each([
    ['a line that does not lead to its balance', { lines: [lineWith({ balance: '1237.51' })] }],
    ['a last page that does not end with the closing balance', { lines: [] }],
    ['a balance brought forward that its lines do not begin with', { brought_forward: '1250.01' }],
    ['totals that do not agree', { statement: summaryWith({ total_in: '0.01' }) }],
  ])('refuses %s', async (_, changes) => {
    const { statements } = statementsWhere(() => pageWith(changes));
    await expect(statements.readStatement({ ...request, limit: 20, cursor: undefined })).rejects.toMatchObject({
      name: 'UnreconciledStatement',
    });
  });

  test('does not go on from a cursor of another list', async () => {
    const { statements, sent } = statementsWhere(() => pageWith());
    const cursor = encodeCursor('statements', { created_at: lineWith().posted_at, id: transactionId });
    expect(await refusedFields(() => statements.readStatement({ ...request, limit: 20, cursor }))).toEqual(['cursor']);
    expect(sent).toEqual([]);
  });

  test('that is refused throws', async () => {
    const { statements } = statementsWhere(() => ({ refusal: { code: 'STATEMENT_NOT_FOUND', field: 'period' } }));
    const read = () => statements.readStatement({ ...request, limit: 20, cursor: undefined });
    expect((await bankErrorOf(read)).code).toBe('STATEMENT_NOT_FOUND');
  });
});

test('a whole statement is asked for page after page, as the figures of the first one have it', async () => {
  const { holder, ...summary } = documentOf(2 * linesAtOnce + 1);
  const lines = summary.lines.map((line, at) => ({ ...line, transaction_id: idOf(at) }));
  const { statements, sent } = statementsWhere(({ parameters: { after_id } }) => {
    const from = lines.findIndex(line => line.transaction_id === after_id) + 1;
    return pageWith({ statement: summary, holder, last_version: 42, lines: lines.slice(from, from + linesAtOnce) });
  });
  const document = await statements.readDocument({ ...request, format: 'csv', mostLines: lines.length });
  expect(document).toEqual({ ...summary, holder, lines });
  expect(sent.map(({ parameters }) => [parameters.through_version, parameters.after_id])).toEqual([
    [null, null],
    [42, idOf(linesAtOnce - 1)],
    [42, idOf(2 * linesAtOnce - 1)],
  ]);
});

function idOf(at: number): string {
  return `018f2f3a-0000-7000-8000-${String(at).padStart(12, '0')}`;
}

describe('the books', () => {
  test('close, claim and mark by one call each', async () => {
    const { database, sent } = fakeDatabase(({ sql }) =>
      sql.includes('close_')
        ? { closed: 1, broken: [], next: null }
        : sql.includes('claim_')
          ? { statements: [] }
          : { marked: true },
    );
    const books = createStatementBooks(database);
    expect(await books.closeMonths(accountId)).toEqual({ closed: 1, broken: [], next: null });
    expect(await books.claim(5)).toEqual([]);
    const archived = { object_key: 'key', pdf_sha256: 'aa', json_sha256: 'bb' };
    await books.markArchived({ account_id: accountId, period: '2026-03' }, archived);
    expect(sent.map(functionOf)).toEqual([
      'bank.close_statements',
      'bank.claim_statements',
      'bank.mark_statement_archived',
    ]);
    expect(sent.map(({ parameters }) => parameters)).toEqual([
      { after_id: accountId, page_size: 500 },
      { batch_size: 5, lease_seconds: 300, most_lines: 50_000 },
      { account_id: accountId, month: '2026-03-01', ...archived },
    ]);
  });

  test('do not give out a statement that does not agree with itself', async () => {
    const { database } = fakeDatabase(() => pageWith({ lines: [] }));
    const read = createStatementBooks(database).read({ account_id: accountId, period: '2026-03' });
    await expect(read).rejects.toMatchObject({ name: 'UnreconciledStatement' });
  });
});
