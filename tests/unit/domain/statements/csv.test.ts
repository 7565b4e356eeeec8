import { describe, expect, test } from 'vitest';
import { statementCsv } from '../../../../lambdas/domain/statements/csv.ts';
import { documentWith, lineWith } from '../../support/statements.ts';

const describedAs = (description: string | null) => statementCsv(documentWith({ lines: [lineWith({ description })] }));
/** The description of the one line, as it stands in the file. */
const written = (description: string) => /TRANSFER,(.*),account ending/s.exec(describedAs(description))?.[1];

test('a statement has a header, its opening balance, its lines and its closing balance, each in a row that ends with CRLF', () => {
  expect(describedAs('Rent')).toBe(
    [
      'date,reference,type,description,counterparty,amount,currency,balance',
      ',,OPENING_BALANCE,Opening balance,,,USD,1250.00',
      '2026-03-02,TXN20260302000000000042,TRANSFER,Rent,account ending in 0026,-12.50,USD,1237.50',
      ',,CLOSING_BALANCE,Closing balance,,,USD,1237.50',
      '',
    ].join('\r\n'),
  );
});

test('what a line does not have is empty', () => {
  const csv = statementCsv(documentWith({ lines: [lineWith({ description: null, counterparty_last4: null })] }));
  expect(csv).toContain('TXN20260302000000000042,TRANSFER,,,-12.50,USD');
});

describe('a description', () => {
  test.each([
    ['a, b', '"a, b"'],
    ['say "hello"', '"say ""hello"""'],
    ['two\nlines', '"two\nlines"'],
    ['naïve – 日本 🎉', 'naïve – 日本 🎉'],
  ])('is quoted where RFC 4180 wants it and is otherwise as it is: %j', (description, field) => {
    expect(written(description)).toBe(field);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
    'that a spreadsheet would take for a formula is text there: %j',
    description => {
      expect(written(description)?.replace(/^"/, '')).toBe(`'${description}${/[\r\n]/.test(description) ? '"' : ''}`);
    },
  );

  test.each(["=cmd|'/c calc'!A1", '=HYPERLINK("http://x.example","a,b")'])(
    'that is an attack stays in its field: %s',
    description => {
      const fields =
        describedAs(description)
          .split('\r\n')[2]
          ?.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
      expect(fields[3]?.replace(/^"|",$|,$/g, '').replaceAll('""', '"')).toBe(`'${description}`);
      expect(fields[5]).toBe('-12.50,');
    },
  );

  test.each(['a=1', 'rent - March', 'me@home'])('with such a sign inside stays as it is: %s', description => {
    expect(written(description)).toBe(description);
  });
});
