import type { StatementDocument, StatementLine } from './statement.ts';

const header = ['date', 'reference', 'type', 'description', 'counterparty', 'amount', 'currency', 'balance'];

/**
 * A statement as CSV by RFC 4180, in UTF-8: a header, a row for the opening balance, one for each line, one for the closing balance.
 * Spreadsheets take what begins like a formula for one; a text that does gets an apostrophe in front.
 * Source: OWASP, "CSV Injection".
 */
export function statementCsv(document: StatementDocument): string {
  const { currency, lines, opening_balance, closing_balance } = document;
  const balance = (type: string, description: string, amount: string) => [
    '',
    '',
    type,
    description,
    '',
    '',
    currency,
    amount,
  ];
  const rows = [
    header,
    balance('OPENING_BALANCE', 'Opening balance', opening_balance),
    ...lines.map(line => rowOf(line, currency)),
    balance('CLOSING_BALANCE', 'Closing balance', closing_balance),
  ];
  return rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('');
}

function rowOf(line: StatementLine, currency: string): string[] {
  const counterparty = line.counterparty_last4 === null ? '' : `account ending in ${line.counterparty_last4}`;
  return [
    line.date,
    text(line.transaction_ref),
    line.transaction_type,
    text(line.description ?? ''),
    counterparty,
    line.amount,
    currency,
    line.balance,
  ];
}

/** Text that somebody wrote, harmless in a spreadsheet. Full-width forms are what some of them take for the plain ones. */
function text(written: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(written) ? `'${written}` : written;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
