import type { StatementArchive } from '../adapters/statement-archive.ts';
import type { ClosedStatement, StatementBooks } from '../adapters/statement-books.ts';
import type { StatementDocument } from '../domain/statements/statement.ts';

/** What a run works with. */
export interface StatementRun {
  books: StatementBooks;
  archive: StatementArchive;
  /** Draws a statement. */
  pdf(document: StatementDocument): Promise<Uint8Array>;
  /** Whether there is time for one more step. */
  mayGoOn(): boolean;
}

/** What a run came to. */
export interface StatementOutcome {
  closed: number;
  archived: number;
  /** Statements that were not archived, and are to be tried again. */
  failed: number;
  /** Months that cannot be closed, as their figures do not agree: the ledger is to be looked at. */
  broken: ClosedStatement[];
  /** What archiving failed with: how often each error came, by its name. */
  errors: Record<string, number>;
  /** Whether nothing was left for want of time. */
  complete: boolean;
}

const statementsAtOnce = 5;

/**
 * Makes the statements of the months that are over, then puts those that are not there yet into the archive. All that is done is done once,
 * however often this runs, is cut off, or runs twice at the same time. One statement that fails stops no other.
 */
export async function runStatements(run: StatementRun): Promise<StatementOutcome> {
  const outcome: StatementOutcome = { closed: 0, archived: 0, failed: 0, broken: [], errors: {}, complete: true };
  await closeAll(run, outcome);
  await archiveAll(run, outcome);
  return outcome;
}

async function closeAll({ books, mayGoOn }: StatementRun, outcome: StatementOutcome): Promise<void> {
  for (let after: string | null = null; ; ) {
    const { closed, broken, next } = await books.closeMonths(after);
    outcome.closed += closed;
    outcome.broken.push(...broken);
    if (next === null) {
      return;
    }
    if (!mayGoOn()) {
      outcome.complete = false;
      return;
    }
    after = next;
  }
}

async function archiveAll(run: StatementRun, outcome: StatementOutcome): Promise<void> {
  for (;;) {
    const statements = run.mayGoOn() ? await run.books.claim(statementsAtOnce) : undefined;
    if (statements === undefined) {
      outcome.complete = false;
      return;
    }
    if (statements.length === 0) {
      return;
    }
    for (const statement of statements) {
      await archiveOne(run, statement, outcome);
    }
  }
}

async function archiveOne(
  { books, archive, pdf }: StatementRun,
  statement: ClosedStatement,
  outcome: StatementOutcome,
): Promise<void> {
  const object_key = `statements/${statement.account_id}/${statement.period}`;
  try {
    const document = await books.read(statement);
    const json = Buffer.from(`${JSON.stringify(document)}\n`);
    const pdf_sha256 = await archive.put({
      key: `${object_key}.pdf`,
      mediaType: 'application/pdf',
      content: await pdf(document),
    });
    const json_sha256 = await archive.put({
      key: `${object_key}.json`,
      mediaType: 'application/json',
      content: json,
    });
    await books.markArchived(statement, { object_key, pdf_sha256, json_sha256 });
    outcome.archived += 1;
  } catch (error) {
    const name = error instanceof Error ? error.name : 'UnknownError';
    outcome.failed += 1;
    outcome.errors[name] = (outcome.errors[name] ?? 0) + 1;
  }
}
