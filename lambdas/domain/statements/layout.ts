import { type Row, rowsOf } from './rows.ts';
import { broken, endingAt, faces, format, type Measure, type PlacedText, type Sheet } from './sheet.ts';
import type { StatementDocument } from './statement.ts';
import { winAnsi } from './win-ansi.ts';
import { accountWords, addressLines, extentWords, moneyWords, periodWords } from './words.ts';

/** Who the statement is from. */
const bankName = 'Countinghouse';
const lineHeight = 13;
const headOfTable = 22;
/** Where the holder's name begins, and the least that its address may take. */
const yOfHolder = 100;
const heightOfHolder = 6 * lineHeight;

/**
 * Lays a statement out on pages: what stands where, for whoever draws it. A row is never parted, each page repeats the head of the table,
 * and each foot says which page of how many it is.
 */
export function layOut(document: StatementDocument, measure: Measure): Sheet[] {
  const sheets = [firstSheet(document, measure)];
  let y = yOfTable(sheets[0]);
  for (const row of rowsOf(document, measure)) {
    if (y + row.height > format.bottom) {
      sheets.push(furtherSheet(document, measure));
      y = yOfTable(sheets.at(-1));
    }
    sheets.at(-1)?.texts.push(...placed(row, y));
    y += row.height;
  }
  for (const [at, sheet] of sheets.entries()) {
    addFoot(sheet, document, `Page ${at + 1} of ${sheets.length}`, measure);
  }
  return sheets;
}

function firstSheet(document: StatementDocument, measure: Measure): Sheet {
  const { holder, currency } = document;
  const address = addressLines(holder).flatMap(line => broken(winAnsi(line), 250, faces.text, measure));
  const yOfFigures = yOfHolder + Math.max(heightOfHolder, address.length * lineHeight) + lineHeight;
  const about = [accountWords(document), extentWords(document), `Amounts in ${currency}`];
  const texts: PlacedText[] = [
    { text: bankName, x: format.left, y: format.top, ...faces.title },
    endingAt(format.right, format.top, `Statement for ${periodWords(document)}`, faces.title, measure),
    ...address.map((text, at) => ({ text, x: format.left, y: yOfHolder + at * lineHeight, ...faces.text })),
    ...about.map((text, at) => endingAt(format.right, yOfHolder + at * lineHeight, text, faces.text, measure)),
    ...figures(document, yOfFigures, measure),
  ];
  return withTable({ texts, rules: [] }, yOfFigures + 55, measure);
}

/** The four figures that a statement comes to, side by side. */
function figures(document: StatementDocument, y: number, measure: Measure): PlacedText[] {
  const { opening_balance, total_in, total_out, closing_balance } = document;
  const named = [
    ['Opening balance', opening_balance],
    ['Money in', total_in],
    ['Money out', total_out],
    ['Closing balance', closing_balance],
  ] as const;
  return named.flatMap(([name, amount], at) => {
    const right = format.left + ((format.right - format.left) / named.length) * (at + 1);
    return [
      endingAt(right, y, name, faces.small, measure),
      endingAt(right, y + 12, moneyWords(amount), faces.heading, measure),
    ];
  });
}

function furtherSheet(document: StatementDocument, measure: Measure): Sheet {
  const texts: PlacedText[] = [
    { text: bankName, x: format.left, y: format.top, ...faces.heading },
    endingAt(format.right, format.top, `${accountWords(document)}, ${periodWords(document)}`, faces.text, measure),
  ];
  return withTable({ texts, rules: [] }, 75, measure);
}

/** Adds the head of the table, under which its rows begin. */
function withTable(sheet: Sheet, y: number, measure: Measure): Sheet {
  sheet.texts.push(
    { text: 'Date', x: format.left, y, ...faces.small },
    { text: 'Details', x: format.details, y, ...faces.small },
    endingAt(format.amount, y, 'Amount', faces.small, measure),
    endingAt(format.balance, y, 'Balance', faces.small, measure),
  );
  sheet.rules.push({ y: y + 13 });
  return sheet;
}

function yOfTable(sheet: Sheet | undefined): number {
  return (sheet?.rules[0]?.y ?? 0) - 13 + headOfTable;
}

function placed({ texts }: Row, y: number): PlacedText[] {
  return texts.map(text => ({ ...text, y: text.y + y }));
}

function addFoot(sheet: Sheet, document: StatementDocument, pageOfPages: string, measure: Measure): void {
  const { final } = document;
  const notice = final
    ? 'Please check this statement and tell us of anything that you do not recognise.'
    : 'This month is not over: what it comes to will change.';
  sheet.rules.push({ y: format.foot - 8 });
  sheet.texts.push(
    { text: notice, x: format.left, y: format.foot, ...faces.small },
    endingAt(format.right, format.foot, pageOfPages, faces.small, measure),
  );
}
