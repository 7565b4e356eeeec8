import { expect, test } from 'vitest';
import { statementPdf } from '../../../lambdas/adapters/statement-pdf.ts';
import { pdfPages, pdfTexts } from '../../support/pdf-text.ts';
import { documentOf, documentWith, lineWith } from '../support/statements.ts';

test('a statement as PDF shows its figures, its lines and its pages', async () => {
  const texts = pdfTexts(await statementPdf(documentWith()));
  expect(texts).toEqual(
    expect.arrayContaining([
      'Countinghouse',
      'Statement for March 2026',
      'Ada Example',
      '1,250.00',
      '-12.50',
      '1,237.50',
      'Page 1 of 1',
    ]),
  );
});

test('each page is one of the PDF’s, and nothing stands outside of it', async () => {
  const pages = pdfPages(await statementPdf(documentOf(100)));
  expect(pages.length).toBeGreaterThan(3);
  for (const [at, page] of pages.entries()) {
    expect(page.map(({ text }) => text)).toContain(`Page ${at + 1} of ${pages.length}`);
    for (const { x, y } of page) {
      expect([x >= 50, x < 562, y > 30, y < 760]).toEqual([true, true, true, true]);
    }
  }
});

test('the same statement is the same file at any time, and is dated by its own end', async () => {
  const document = documentOf(50);
  const pdf = await statementPdf(document);
  expect((await statementPdf(structuredClone(document))).equals(pdf)).toBe(true);
  expect(pdf.toString('latin1')).toContain('(D:20260401040000Z)');
  const other = await statementPdf({ ...document, holder: { name: 'Bob', address: null } });
  expect(other.equals(pdf)).toBe(false);
});

test('letters of other scripts are question marks, and letters that lack only their mark are shown without it', async () => {
  const lines = [lineWith({ description: 'Żółw 日本 € “quoted”' })];
  expect(pdfTexts(await statementPdf(documentWith({ lines })))).toContain('Zólw ?? € “quoted”');
});

test('the account’s number and its holder’s id are not in it', async () => {
  const pdf = await statementPdf(documentWith());
  const everything = pdf.toString('latin1') + pdfTexts(pdf).join(' ');
  expect(everything).toContain('0017');
  expect(everything).not.toContain(documentWith().account_id);
});
