import * as z from 'zod';
import { id } from '../domain/fields.ts';
import type { StatementDocument } from '../domain/statements/statement.ts';
import type { Database } from './database.ts';
import { accept, answerOf } from './envelope.ts';
import { linesAtOnce, statementPage, wholeStatement } from './statement-pages.ts';

/** A statement by its account and month, `2026-03`. */
const closedStatement = z.object({ account_id: id, period: z.string() });
export type ClosedStatement = z.output<typeof closedStatement>;

/** What closing a page of accounts came to. */
export interface Closing {
  closed: number;
  /** The months that cannot be closed, as their figures do not agree. */
  broken: ClosedStatement[];
  /** The account after which to go on; null at the end. */
  next: string | null;
}

/** Where a statement lies in the archive, and the SHA-256 of its files as they lie there. */
export interface Archived {
  object_key: string;
  pdf_sha256: string;
  json_sha256: string;
}

/** The bank's books of statements, for who makes them. Each call may be repeated, and by others at the same time. */
export interface StatementBooks {
  /** Closes the months that are over of the next accounts, by id. */
  closeMonths(afterAccount: string | null): Promise<Closing>;
  /** Takes some closed statements that are not archived yet; nobody else takes them for a while. */
  claim(limit: number): Promise<ClosedStatement[]>;
  /** A closed statement as a whole. Throws UnreconciledStatement if it does not agree with itself. */
  read(statement: ClosedStatement): Promise<StatementDocument>;
  markArchived(statement: ClosedStatement, archived: Archived): Promise<void>;
}

const accountsAtOnce = 500;
/** Longer than the longest statement takes; who dies leaves it for so long. */
const leaseSeconds = 300;
/** What a function can hold in its memory and write within its time. Longer ones are read from the ledger, page by page. */
const mostLines = 50_000;

const closing = z.object({ closed: z.int(), broken: z.array(closedStatement), next: id.nullable() });
const claimed = z.object({ statements: z.array(closedStatement) });
const onePage = answerOf(statementPage.shape);
const marked = z.object({ marked: z.boolean() });

/** The books in the database. */
export function createStatementBooks(database: Database): StatementBooks {
  return {
    closeMonths: afterAccount =>
      database.query({
        sql: 'select bank.close_statements(:after_id::uuid, :page_size::integer)',
        parameters: { after_id: afterAccount, page_size: accountsAtOnce },
        answer: closing,
      }),
    async claim(limit) {
      const { statements } = await database.query({
        sql: 'select bank.claim_statements(:batch_size::integer, :lease_seconds::integer, :most_lines::integer)',
        parameters: { batch_size: limit, lease_seconds: leaseSeconds, most_lines: mostLines },
        answer: claimed,
      });
      return statements;
    },
    read: ({ account_id, period }) =>
      wholeStatement(async ({ after_id }) => {
        const sql =
          'select bank.read_closed_statement(:account_id::uuid, :month::date, :after_id::uuid, :page_size::integer)';
        const parameters = { account_id, month: `${period}-01`, after_id, page_size: linesAtOnce };
        return accept(await database.query({ sql, parameters, answer: onePage }));
      }),
    async markArchived({ account_id, period }, archived) {
      const sql =
        'select bank.mark_statement_archived(:account_id::uuid, :month::date, :object_key, :pdf_sha256, :json_sha256)';
      await database.query({ sql, parameters: { account_id, month: `${period}-01`, ...archived }, answer: marked });
    },
  };
}
