import { describe, expect, test } from 'vitest';
import { layOut } from '../../../../lambdas/domain/statements/layout.ts';
import { broken, faces, format, type Measure } from '../../../../lambdas/domain/statements/sheet.ts';
import type { StatementDocument } from '../../../../lambdas/domain/statements/statement.ts';
import { documentOf, documentWith, lineWith } from '../../support/statements.ts';

/** Letters that are all half as wide as they are high. */
const measure: Measure = (text, { size }) => (text.length * size) / 2;
const laidOut = (document: StatementDocument) => layOut(document, measure);
const textsOf = (document: StatementDocument) => laidOut(document).map(({ texts }) => texts.map(({ text }) => text));

describe('a statement on paper', () => {
  const [texts = []] = textsOf(documentWith());

  test('says whose it is, and of the account no more than the last four digits', () => {
    expect(texts).toEqual(
      expect.arrayContaining([
        'Ada Example',
        '1 Test Street',
        'Springfield, IL 62704',
        'US',
        'Checking account •••• 0017',
      ]),
    );
  });

  test('says which month it is for, from when to when, and in which money', () => {
    expect(texts).toContain('Statement for March 2026');
    expect(texts).toContain('Mar 1, 2026 to Mar 31, 2026 (America/New_York)');
    expect(texts).toContain('Amounts in USD');
  });

  test('has the four figures and every line with its balance', () => {
    for (const name of ['Opening balance', 'Money in', 'Money out', 'Closing balance']) {
      expect(texts).toContain(name);
    }
    expect(texts.filter(text => text === '1,250.00')).toHaveLength(2);
    expect(texts.filter(text => text === '1,237.50')).toHaveLength(3);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Mar 2, 2026',
        'Rent',
        'Transfer · TXN20260302000000000042 · account ending in 0026',
        '-12.50',
      ]),
    );
  });

  test('of a month that is not over says so on each page', () => {
    const pages = textsOf({ ...documentOf(60), final: false, ends_at: '2026-03-14T14:22:00+00:00' });
    expect(pages[0]).toContain('Provisional: Mar 1, 2026 to March 14, 2026 at 10:22 EDT');
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.every(page => page.includes('This month is not over: what it comes to will change.'))).toBe(true);
  });

  test('of February ends with its last day', () => {
    expect(textsOf(documentWith({ period: '2028-02' }))[0]).toContain('Feb 1, 2028 to Feb 29, 2028 (America/New_York)');
  });
});

describe('the pages', () => {
  const sheets = laidOut(documentOf(200));

  test('are numbered, and each has the head of the table', () => {
    expect(sheets.length).toBeGreaterThan(4);
    for (const [at, { texts }] of sheets.entries()) {
      const page = texts.map(({ text }) => text);
      expect(page).toContain(`Page ${at + 1} of ${sheets.length}`);
      expect(page).toEqual(expect.arrayContaining(['Date', 'Details', 'Amount', 'Balance']));
    }
  });

  test('hold each line once, in order, above the foot and inside the margins', () => {
    const placed = sheets.flatMap(({ texts }) => texts);
    const refs = placed.flatMap(({ text }) => /TXN(\d+)/.exec(text)?.[1] ?? []);
    expect(refs.map(Number)).toEqual(Array.from({ length: 200 }, (_, at) => at));
    for (const { text, x, y, ...face } of placed) {
      expect(x).toBeGreaterThanOrEqual(format.left);
      expect(x + measure(text, face)).toBeLessThanOrEqual(format.right + 0.001);
      expect(y + face.size).toBeLessThan(/^(Page|Please)/.test(text) ? format.height - 30 : format.bottom);
    }
  });

  test('never part a row, however long its description is', () => {
    const description = 'A description as long as they may be '.repeat(6).slice(0, 200);
    const long = laidOut(documentOf(100, { description }));
    const parts = broken(description, format.detailsWidth, faces.text, measure);
    for (const { texts } of long) {
      const count = (text: string | undefined) => texts.filter(placed => placed.text === text).length;
      expect(count(parts.at(-1))).toBe(count(parts[0]));
    }
    expect(long.flatMap(({ texts }) => texts).filter(({ text }) => text === parts[0])).toHaveLength(100);
  });

  test('push the figures down where name and address are long', () => {
    const yOf = (document: StatementDocument) =>
      laidOut(document)[0]?.texts.find(({ text }) => text === 'Money in')?.y ?? 0;
    const holder = { name: 'Ada '.repeat(100), address: null };
    expect(yOf(documentWith({ holder }))).toBeGreaterThan(
      yOf(documentWith({ holder: { name: 'Ada', address: null } })),
    );
  });
});

describe('a text is broken', () => {
  const width = 45;
  test.each([
    ['', []],
    ['0123456789', ['0123456789']],
    ['one two three', ['one two', 'three']],
    ['01234567890123456789abc', ['0123456789', '0123456789', 'abc']],
    ['a 01234567890 b', ['a', '0123456789', '0 b']],
  ])('between words, and inside a word that is too long: %j', (text, lines) => {
    expect(broken(text, width, faces.text, measure)).toEqual(lines);
  });
});

test.each([
  ['0.00', '0.00'],
  ['999.99', '999.99'],
  ['-1000', '-1,000'],
  ['-1234567.8901', '-1,234,567.8901'],
])('an amount of %s is written %s', (amount, shown) => {
  expect(textsOf(documentWith({ lines: [lineWith({ amount })] })).flat()).toContain(shown);
});
