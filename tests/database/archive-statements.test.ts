import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createStatementBooks, type StatementBooks } from '../../lambdas/adapters/statement-books.ts';
import { linesAtOnce } from '../../lambdas/adapters/statement-pages.ts';
import { createStatements } from '../../lambdas/adapters/statements.ts';
import { runStatements } from '../../lambdas/schedules/run-statements.ts';
import { writePast } from '../support/past-postings.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let books: StatementBooks;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  books = createStatementBooks(bank.dataApi.database('bank_schedules'));
  alice = await bank.customer();
});
afterAll(() => bank.close());

/** An account that had its only months in 2025. */
async function accountOf2025(postings: { at: string; amount: string }[]): Promise<string> {
  const account = await bank.account(alice);
  await writePast(bank.database.pool, account, '2025-03-01T00:00:00Z', postings);
  await bank.database.pool.query(
    `update bank.accounts set status = 'CLOSED', updated_at = '2025-04-30T12:00:00Z' where id = $1`,
    [account],
  );
  return account;
}

/** An archive in memory, which fails for the keys that it is told. */
function memoryArchive(fails: (key: string) => boolean = () => false) {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    async put({ key, content }: { key: string; content: Uint8Array }) {
      if (fails(key)) {
        throw Object.assign(new Error('no'), { name: 'SlowDown' });
      }
      files.set(key, files.get(key) ?? content);
      return 'ab'.repeat(32);
    },
  };
}

const run = (archive = memoryArchive(), steps = Number.POSITIVE_INFINITY) => {
  let left = steps;
  const mayGoOn = () => {
    left -= 1;
    return left >= 0;
  };
  return runStatements({ books, archive, pdf: async document => Buffer.from(`PDF of ${document.period}`), mayGoOn });
};

/** The leases end now. */
const endLeases = () =>
  bank.database.pool.query('update bank.statements set archive_due_at = now() where archived_at is null');

test('a run archives every closed statement as PDF and JSON, once, and the next run finds nothing to do', async () => {
  const account = await accountOf2025([{ at: '2025-03-05T00:00:00Z', amount: '5' }]);
  const archive = memoryArchive();
  expect(await run(archive)).toMatchObject({ closed: 2, archived: 2, failed: 0, broken: [], complete: true });
  expect([...archive.files.keys()].filter(key => key.includes(account)).sort()).toEqual([
    `statements/${account}/2025-03.json`,
    `statements/${account}/2025-03.pdf`,
    `statements/${account}/2025-04.json`,
    `statements/${account}/2025-04.pdf`,
  ]);
  const json = JSON.parse(Buffer.from(archive.files.get(`statements/${account}/2025-03.json`) ?? []).toString());
  expect(json).toMatchObject({ period: '2025-03', closing_balance: '5.00', lines: [{ amount: '5.00' }] });
  const { rows } = await bank.database.pool.query(
    `select object_key, encode(pdf_sha256, 'hex') as pdf, archived_at is not null as archived from bank.statements where account_id = $1 order by period`,
    [account],
  );
  expect(rows[0]).toEqual({ object_key: `statements/${account}/2025-03`, pdf: 'ab'.repeat(32), archived: true });
  expect(await run()).toMatchObject({ closed: 0, archived: 0, complete: true });
});

test('a run that was cut off is taken up by the next, and one that fails stops no other', async () => {
  const accounts = [
    await accountOf2025([]),
    await accountOf2025([]),
    await accountOf2025([]),
    await accountOf2025([]),
  ].sort();
  expect(await run(memoryArchive(), 0)).toMatchObject({ archived: 0, complete: false });
  const failing = await run(memoryArchive(key => key.endsWith(`${accounts[0]}/2025-03.json`)));
  expect(failing).toMatchObject({ archived: 7, failed: 1, errors: { SlowDown: 1 } });
  expect(await run()).toMatchObject({ archived: 0, failed: 0 });
  await endLeases();
  expect(await run()).toMatchObject({ archived: 1, failed: 0 });
});

describe('of two runs at once', () => {
  test('each statement is archived by one', async () => {
    await Promise.all(Array.from({ length: 6 }, () => accountOf2025([])));
    const archives = [memoryArchive(), memoryArchive()];
    const [one, other] = await Promise.all(archives.map(archive => run(archive)));
    expect((one?.archived ?? 0) + (other?.archived ?? 0)).toBe(12);
    const keys = archives.flatMap(({ files }) => [...files.keys()]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the one whose mark comes second changes nothing', async () => {
    const account = await accountOf2025([]);
    await books.closeMonths(null);
    const statement = { account_id: account, period: '2025-03' };
    const mark = (digit: string) =>
      books.markArchived(statement, { object_key: digit, pdf_sha256: digit.repeat(64), json_sha256: digit.repeat(64) });
    await mark('a');
    await mark('b');
    const { rows } = await bank.database.pool.query(
      `select object_key from bank.statements where account_id = $1 and period = '2025-03-01'`,
      [account],
    );
    expect(rows).toEqual([{ object_key: 'a' }]);
    await run();
  });
});

describe('a statement of more lines than one answer of the database takes', () => {
  const postings = Array.from({ length: 2 * linesAtOnce + 1 }, (_, at) => ({
    at: new Date(Date.UTC(2025, 2, 2) + at * 1000).toISOString(),
    amount: at % 3 === 2 ? '-1.5' : '1',
  }));
  let account: string;
  beforeAll(async () => {
    account = await accountOf2025(postings);
  });
  const request = () => ({ account_id: account, month: '2025-03-01', caller: alice });

  test('is read as a whole', async () => {
    const document = await bank.statements.readDocument({ ...request(), format: 'csv', mostLines: 5_000 });
    expect(document.lines).toHaveLength(postings.length);
    expect(document.lines.map(({ posted_at }) => Date.parse(posted_at))).toEqual(
      postings.map(({ at }) => Date.parse(at)),
    );
    expect(await books.read({ account_id: account, period: '2025-03' })).toEqual(document);
  });

  test('is refused where it may not have so many, before they are read', async () => {
    bank.dataApi.callsSinceLast();
    await expect(bank.statements.readDocument({ ...request(), format: 'pdf', mostLines: 2_000 })).rejects.toMatchObject(
      {
        code: 'INVALID_REQUEST',
        details: {
          fields: [
            { field: 'format', message: 'must be json: the statement has 2001 lines, and pdf is for 2000 at most' },
          ],
        },
      },
    );
    expect(bank.dataApi.callsSinceLast()).toBe(1);
  });

  test.each([7, 100])('is read page by page of %i, each line once and in order', async limit => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bank.statements.readStatement({ ...request(), limit, cursor });
      expect(page.line_count).toBe(postings.length);
      seen.push(...page.lines.map(({ transaction_id }) => transaction_id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor && seen.length < 300);
    const document = await books.read({ account_id: account, period: '2025-03' });
    expect(seen).toEqual(document.lines.slice(0, seen.length).map(({ transaction_id }) => transaction_id));
  });

  test('does not go on from a line of another month, nor of another account', async () => {
    const other = await accountOf2025([
      { at: '2025-03-05T00:00:00Z', amount: '5' },
      { at: '2025-03-06T00:00:00Z', amount: '5' },
    ]);
    const cursorOf = async (account_id: string) =>
      (await bank.statements.readStatement({ ...request(), account_id, limit: 1, cursor: undefined })).next_cursor ??
      '';
    const refusal = { code: 'INVALID_REQUEST', details: { fields: [{ field: 'cursor' }] } };
    const from = (cursor: string, month: string) =>
      bank.statements.readStatement({ ...request(), month, limit: 1, cursor });
    await expect(from(await cursorOf(other), '2025-03-01')).rejects.toMatchObject(refusal);
    await expect(from(await cursorOf(account), '2025-04-01')).rejects.toMatchObject(refusal);
  });

  test('that nobody has closed agrees with itself though money moves between its pages', async () => {
    const busy = await bank.account(alice);
    const from = Date.now() - 2_000;
    const lately = Array.from({ length: linesAtOnce + 5 }, (_, at) => ({
      at: new Date(from + at).toISOString(),
      amount: '1',
    }));
    await writePast(bank.database.pool, busy, '2025-03-01T00:00:00Z', lately);
    const period = lately[0]?.at.slice(0, 7);
    const { document, pages } = await wholeWhileMoving(busy, `${period}-01`);
    expect(pages).toBe(2);
    expect(document).toMatchObject({ line_count: linesAtOnce + 5, closing_balance: `${linesAtOnce + 5}.00` });
    expect(await bank.balance(busy)).toBe(`${linesAtOnce + 7}.00`);
  });

  /** Reads a whole statement, and pays a dollar in before each page. */
  async function wholeWhileMoving(account_id: string, month: string) {
    let pages = 0;
    const database = bank.dataApi.database('bank_statements');
    const paying: typeof database = {
      async query(query) {
        const answer = await database.query(query);
        pages += 1;
        await bank.ledger.postDeposit({
          account_id,
          amount: '1',
          description: undefined,
          caller: teller,
          key: undefined,
        });
        return answer;
      },
    };
    const document = await createStatements(paying).readDocument({
      account_id,
      month,
      caller: teller,
      format: 'csv',
      mostLines: 5_000,
    });
    return { document, pages };
  }
});
