import { broken, endingAt, faces, format, type Measure, type PlacedText } from './sheet.ts';
import type { StatementDocument, StatementLine } from './statement.ts';
import { winAnsi } from './win-ansi.ts';
import { dayWords, moneyWords, originWords } from './words.ts';

/** A row of the table, which stands on one page as a whole: its texts, from its upper edge. */
export interface Row {
  height: number;
  texts: PlacedText[];
}

const lineHeight = 11;
const gap = 6;

/** The table of a statement: the balance that it opens with, a row for each line, the balance that it closes with. */
export function rowsOf({ opening_balance, closing_balance, lines }: StatementDocument, measure: Measure): Row[] {
  return [
    balanceRow('Opening balance', opening_balance, measure),
    ...lines.map(line => lineRow(line, measure)),
    balanceRow('Closing balance', closing_balance, measure),
  ];
}

function balanceRow(name: string, amount: string, measure: Measure): Row {
  return {
    height: lineHeight + gap,
    texts: [
      { text: name, x: format.details, y: 0, ...faces.figure },
      endingAt(format.balance, 0, moneyWords(amount), faces.figure, measure),
    ],
  };
}

function lineRow(line: StatementLine, measure: Measure): Row {
  const described = broken(winAnsi(line.description ?? ''), format.detailsWidth, faces.text, measure);
  const origin = broken(winAnsi(originWords(line)), format.detailsWidth, faces.small, measure);
  const details = [
    ...described.map(text => ({ text, ...faces.text })),
    ...origin.map(text => ({ text, ...faces.small })),
  ];
  return {
    height: details.length * lineHeight + gap,
    texts: [
      { text: dayWords(line.date), x: format.left, y: 0, ...faces.text },
      ...details.map((part, at) => ({ ...part, x: format.details, y: at * lineHeight })),
      endingAt(format.amount, 0, moneyWords(line.amount), faces.text, measure),
      endingAt(format.balance, 0, moneyWords(line.balance), faces.text, measure),
    ],
  };
}
