import { momentIn } from '../notifications/words.ts';
import type { StatementDocument, StatementLine } from './statement.ts';

const kinds = { SAVINGS: 'Savings account', CHECKING: 'Checking account', CREDIT: 'Credit account' } as const;

const types = {
  DEPOSIT: 'Deposit',
  WITHDRAWAL: 'Withdrawal',
  TRANSFER: 'Transfer',
  INTEREST: 'Interest',
  FEE: 'Fee',
  REVERSAL: 'Reversal',
} as const satisfies Record<StatementLine['transaction_type'], string>;

let dayFormat: Intl.DateTimeFormat | undefined;

/** Made for the first day that is written, as what a language needs takes milliseconds to load, and kept: a statement has many. */
function written(day: Date): string {
  dayFormat ??= new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  return dayFormat.format(day);
}

/** "Checking account •••• 0018" */
export function accountWords({ account_type, account_last4 }: StatementDocument): string {
  return `${kinds[account_type]} •••• ${account_last4}`;
}

/** "March 2026" */
export function periodWords({ period }: Pick<StatementDocument, 'period'>): string {
  const format = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${period}-01`));
}

/** From when to when a statement reaches: "Mar 1, 2026 to Mar 31, 2026 (America/New_York)", or until a moment of a month that is not over. */
export function extentWords({ final, period, ends_at, time_zone }: StatementDocument): string {
  const first = `${period}-01`;
  if (!final) {
    return `Provisional: ${dayWords(first)} to ${momentIn(time_zone, ends_at)}`;
  }
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return `${dayWords(first)} to ${written(last)} (${time_zone})`;
}

/** The lines of an address as a letter has them. */
export function addressLines({ name, address }: StatementDocument['holder']): string[] {
  const { line1 = '', line2 = '', city = '', state = '', postal_code = '', country = '' } = address ?? {};
  const town = [[city, state].filter(Boolean).join(', '), postal_code].filter(Boolean).join(' ');
  return [name, line1, line2, town, country].filter(Boolean);
}

/** "Mar 1, 2026" of "2026-03-01". */
export function dayWords(date: string): string {
  return written(new Date(date));
}

/** "Transfer · TXN20260301000000000042 · account ending in 0026" */
export function originWords({ transaction_type, transaction_ref, counterparty_last4 }: StatementLine): string {
  const counterparty = counterparty_last4 === null ? [] : [`account ending in ${counterparty_last4}`];
  return [types[transaction_type], transaction_ref, ...counterparty].join(' · ');
}

/** "-1,234.50" of "-1234.50". */
export function moneyWords(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replaceAll(/(?<=\d)(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
