import * as z from 'zod';
import { BankError } from '../domain/errors.ts';
import { cutPage, decodeCursor } from '../domain/page.ts';
import { checkPart, checkSummary } from '../domain/statements/reconcile.ts';
import {
  type Statement,
  type StatementDocument,
  type StatementSummary,
  statementSummary,
} from '../domain/statements/statement.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';
import { linesAtOnce, type Place, type StatementPage, statementPage, wholeStatement } from './statement-pages.ts';

export interface ListStatements {
  account_id: string;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

export interface ReadStatement extends ListStatements {
  /** The first day of the month. */
  month: string;
}

/** A whole statement in a format of a certain name, in which it may have so many lines. */
export interface ReadDocument extends Omit<ReadStatement, 'limit' | 'cursor'> {
  format: string;
  mostLines: number;
}

/**
 * Reading statements; those of months that are over are made by it if they have not been. The first two are one Data API call each. Each
 * throws a BankError when the bank refuses, and UnreconciledStatement rather than answer figures that do not agree.
 */
export interface Statements {
  listStatements(request: ListStatements): Promise<{ statements: StatementSummary[]; next_cursor: string | null }>;
  /** A page of a statement's lines, oldest first. */
  readStatement(request: ReadStatement): Promise<Statement>;
  /** All of a statement, if it does not have too many lines. */
  readDocument(request: ReadDocument): Promise<StatementDocument>;
}

const manySummaries = answerOf({ statements: z.array(statementSummary) });
const onePage = answerOf(statementPage.shape);

/** The statements in the database. */
export function createStatements(database: Database): Statements {
  const readPage = async (
    { account_id, month, caller }: Pick<ReadStatement, 'account_id' | 'month' | 'caller'>,
    place: Place,
    page_size: number,
  ): Promise<StatementPage> => {
    const sql =
      'select bank.read_statement(:account_id::uuid, :month::date, :through_version::bigint, :after_id::uuid, :page_size::integer, :caller::jsonb)';
    const parameters = { account_id, month, ...place, page_size, caller: callerJson(caller) };
    return accept(await database.query({ sql, parameters, answer: onePage }));
  };
  return {
    async listStatements({ account_id, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('statements', cursor);
      const sql =
        'select bank.list_statements(:account_id::uuid, :before::timestamptz, :page_size::integer, :caller::jsonb)';
      const parameters = {
        account_id,
        before: before?.created_at ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { statements } = accept(await database.query({ sql, parameters, answer: manySummaries }));
      statements.forEach(checkSummary);
      const positions = statements.map(summary => ({ created_at: summary.begins_at, id: summary.account_id, summary }));
      const { rows, next_cursor } = cutPage('statements', positions, limit);
      return { statements: rows.map(({ summary }) => summary), next_cursor };
    },
    async readStatement({ limit, cursor, ...request }) {
      const after = cursor === undefined ? undefined : decodeCursor('statement-lines', cursor);
      const place = { through_version: null, after_id: after?.id ?? null };
      const { statement, holder, brought_forward, lines } = await readPage(request, place, limit + 1);
      const positions = lines.map(line => ({ created_at: line.posted_at, id: line.transaction_id, line }));
      const { rows, next_cursor } = cutPage('statement-lines', positions, limit);
      checkPart({ summary: statement, brought_forward, lines, last: next_cursor === null });
      return { ...statement, holder, lines: rows.map(({ line }) => line), next_cursor };
    },
    readDocument: ({ format, mostLines, ...request }) =>
      wholeStatement(
        place => readPage(request, place, linesAtOnce),
        ({ line_count }) => {
          if (line_count > mostLines) {
            const message = `must be json: the statement has ${line_count} lines, and ${format} is for ${mostLines} at most`;
            throw new BankError('INVALID_REQUEST', { fields: [{ field: 'format', message }] });
          }
        },
      ),
  };
}
