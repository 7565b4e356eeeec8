import type { FactsOf } from './notification.ts';

/** "email address, phone number, and postal address" (Made here: what a language needs takes Node.js ten milliseconds to load.) */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
}

/** "checking account ending in 0017" */
export function accountName({ account_type, last4 }: FactsOf<'large-debit'>['account']): string {
  return `${account_type.toLowerCase()} account ending in ${last4}`;
}

/** "February 3, 2026 at 04:05 EST": an instant in a time zone; in UTC for a zone that PostgreSQL knows and this runtime does not. */
export function momentIn(timeZone: string, instant: string): string {
  return momentFormat(timeZone).format(new Date(instant));
}

/** "March 31, 2026": a day of the bank's calendar. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

function momentFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
  } catch {
    return momentFormat('UTC');
  }
}
