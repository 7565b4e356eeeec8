import { createHash } from 'node:crypto';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientSettings } from '../../local/client-settings.ts';
import { writePast } from '../support/past-postings.ts';
import { pdfPages, pdfTexts } from '../support/pdf-text.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let customer: Person;
let account: string;
beforeAll(async () => {
  bank = await startSystem();
  await bank.database.pool.query(`update bank.fraud_settings set time_zone = 'America/New_York'`);
  customer = await bank.person('customer');
  account = await bank.account(customer);
  await writePast(bank.database.pool, account, '2025-02-10T12:00:00Z', [
    { at: '2025-02-11T12:00:00Z', amount: '1000', description: 'Salary' },
    { at: '2025-03-02T12:00:00Z', amount: '-250.5', description: '=HYPERLINK("http://x.example")' },
    { at: '2025-03-09T12:00:00Z', amount: '40.25', description: 'Żółw, 日本' },
    { at: '2025-04-01T03:59:59.999999Z', amount: '-0.01', description: null },
    { at: '2025-04-01T04:00:00Z', amount: '7', description: 'April' },
  ]);
});
afterAll(() => bank?.close());

const path = (rest = '') => `/accounts/${account}/statements${rest}`;
/** Reads a file, whatever it is. */
async function download(rest: string, headers: Record<string, string> = {}) {
  const address = `${bank.cloud.apiUrl}${path(rest)}`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${customer.token}`, ...headers } });
  return { status: response.status, headers: response.headers, content: Buffer.from(await response.arrayBuffer()) };
}

describe('the statement of a month', () => {
  test('has the same figures and lines as JSON, CSV and PDF', async () => {
    const { body } = await bank.call(customer, 'GET', path('/2025-03'));
    const { lines, ...summary } = (
      await bank.client(customer).getStatement({ params: { id: account, period: '2025-03' } })
    ).data;
    expect(body).toMatchObject(summary);
    expect(summary).toMatchObject({
      final: true,
      opening_balance: '1000.00',
      total_in: '40.25',
      total_out: '250.51',
      closing_balance: '789.74',
      line_count: 3,
      next_cursor: null,
    });
    expect(lines.map(({ date, amount, balance }) => [date, amount, balance])).toEqual([
      ['2025-03-02', '-250.50', '749.50'],
      ['2025-03-09', '40.25', '789.75'],
      ['2025-03-31', '-0.01', '789.74'],
    ]);

    const csv = await download('/2025-03', { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = csv.content.toString('utf8').split('\r\n');
    expect(rows.slice(1)).toEqual([
      ',,OPENING_BALANCE,Opening balance,,,USD,1000.00',
      `2025-03-02,${lines[0]?.transaction_ref},WITHDRAWAL,"'=HYPERLINK(""http://x.example"")",,-250.50,USD,749.50`,
      `2025-03-09,${lines[1]?.transaction_ref},DEPOSIT,"Żółw, 日本",,40.25,USD,789.75`,
      `2025-03-31,${lines[2]?.transaction_ref},WITHDRAWAL,,,-0.01,USD,789.74`,
      ',,CLOSING_BALANCE,Closing balance,,,USD,789.74',
      '',
    ]);

    const pdf = await download('/2025-03?format=pdf');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const texts = pdfTexts(pdf.content);
    const figures = [summary.opening_balance, summary.total_in, summary.total_out, summary.closing_balance];
    const shown = [...figures, ...lines.flatMap(({ amount, balance }) => [amount, balance])];
    expect(shown.filter(figure => !texts.includes(figure.replace('1000', '1,000')))).toEqual([]);
    expect(texts).toEqual(expect.arrayContaining(['Zólw, ??', '=HYPERLINK("http://x.example")', 'Page 1 of 1']));
  });

  test('is somebody’s own file: it is not kept on the way, and has a name', async () => {
    for (const format of ['csv', 'pdf']) {
      const { status, headers } = await download(`/2025-03?format=${format}`);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="statement-2025-03-\\d{4}.${format}"$`),
      );
    }
  });

  test('is the same file each time', async () => {
    const [one, other] = [await download('/2025-03?format=pdf'), await download('/2025-03?format=pdf')];
    expect(one.content.equals(other.content)).toBe(true);
  });

  test('is JSON for who accepts anything, and nothing for who accepts none of the formats', async () => {
    expect((await download('/2025-03', { accept: '*/*' })).headers.get('content-type')).toBe('application/json');
    const none = await bank.call(customer, 'GET', path('/2025-03'), undefined, { accept: 'image/png' });
    expect([none.status, none.body.code]).toEqual([406, 'NOT_ACCEPTABLE']);
    const unknown = await bank.call(customer, 'GET', path('/2025-03?format=xml'));
    expect([unknown.status, unknown.body.errors]).toEqual([
      400,
      [{ field: 'format', message: 'must be json, csv or pdf' }],
    ]);
  });

  test('with thousands of lines goes over many pages of paper, and beyond 5000 is JSON only', async () => {
    const busy = await bank.account(customer);
    const postings = Array.from({ length: 5_001 }, (_, at) => ({
      at: new Date(Date.UTC(2025, 4, 2) + at * 1000).toISOString(),
      amount: '0.01',
    }));
    await writePast(bank.database.pool, busy, '2025-05-01T12:00:00Z', postings.slice(0, 2_500));
    const long = await fetch(`${bank.cloud.apiUrl}/accounts/${busy}/statements/2025-05?format=pdf`, {
      headers: { authorization: `Bearer ${customer.token}`, 'accept-encoding': 'identity' },
    });
    const pages = pdfPages(Buffer.from(await long.arrayBuffer()));
    expect(pages.length).toBeGreaterThan(40);
    expect(pages.at(-1)?.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['25.00', `Page ${pages.length} of ${pages.length}`]),
    );

    const busier = await bank.account(customer);
    await writePast(bank.database.pool, busier, '2025-05-01T12:00:00Z', postings);
    const { status, body } = await bank.call(customer, 'GET', `/accounts/${busier}/statements/2025-05?format=csv`);
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(JSON.stringify(body.errors)).toContain('has 5001 lines, and csv is for 5000 at most');
    const page = await bank.call(customer, 'GET', `/accounts/${busier}/statements/2025-05?limit=100`);
    expect(page.body).toMatchObject({ line_count: 5001, next_cursor: expect.any(String) });
  });

  test('that there is not is not found', async () => {
    const { status, body } = await bank.call(customer, 'GET', path('/2025-01'));
    expect([status, body.code]).toEqual([404, 'STATEMENT_NOT_FOUND']);
  });
});

test('the schedule archives what the API answers, and its hash', async () => {
  const { functionError, payload } = await bank.cloud.fire('make-statements');
  expect([functionError, payload]).toEqual([
    undefined,
    expect.objectContaining({ failed: 0, broken: [], complete: true }),
  ]);
  const s3 = new S3Client({ ...clientSettings(bank.cloud.endpoints.s3 ?? ''), forcePathStyle: true });
  const [bucket] =
    (await s3.send(new ListBucketsCommand())).Buckets?.filter(({ Name }) => /statement/.test(Name ?? '')) ?? [];
  const archived = async (end: string) => {
    const object = { Bucket: bucket?.Name, Key: `statements/${account}/2025-03.${end}` };
    return Buffer.from((await (await s3.send(new GetObjectCommand(object))).Body?.transformToByteArray()) ?? []);
  };
  const pdf = await archived('pdf');
  expect(pdf.equals((await download('/2025-03?format=pdf')).content)).toBe(true);
  const { next_cursor, ...answered } = (await bank.call(customer, 'GET', path('/2025-03'))).body;
  expect(JSON.parse((await archived('json')).toString())).toEqual(answered);
  const { rows } = await bank.database.pool.query(
    `select encode(pdf_sha256, 'hex') as pdf from bank.statements where account_id = $1 and period = '2025-03-01'`,
    [account],
  );
  expect(rows).toEqual([{ pdf: createHash('sha256').update(pdf).digest('hex') }]);
  expect((await bank.cloud.fire('make-statements')).payload).toMatchObject({ closed: 0, archived: 0, complete: true });
  s3.destroy();
});

test('the list begins with the running month and goes back to that of the opening', async () => {
  const { statements } = (
    await bank.client(customer).listStatements({ params: { id: account }, query: { limit: 100 } })
  ).data;
  expect(statements[0]).toMatchObject({ final: false, closing_balance: await bank.balance(account) });
  expect(statements.at(-1)).toMatchObject({ period: '2025-02', opening_balance: '0.00', closing_balance: '1000.00' });
  expect(statements.slice(1).every(({ final }) => final)).toBe(true);
});

test('the balance at a moment is the ledger’s; the balance of now is as it always was', async () => {
  const ask = (query: string) => bank.call(customer, 'GET', `/accounts/${account}/balance${query}`);
  expect((await ask('?at=2025-03-09T12:00:00Z')).body).toEqual({
    account_id: account,
    balance: '789.75',
    currency: 'USD',
    held: null,
    available_balance: null,
    at: '2025-03-09T12:00:00+00:00',
  });
  expect((await ask('')).body).toEqual({
    account_id: account,
    balance: '796.74',
    currency: 'USD',
    held: '0.00',
    available_balance: '796.74',
  });
  for (const at of ['2025-02-10T11:59:59Z', '2999-01-01T00:00:00Z', 'yesterday']) {
    expect((await ask(`?at=${at}`)).body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ field: 'at' }] });
  }
});
