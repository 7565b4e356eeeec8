import { type Books, lostMoney } from './ledger-check.ts';
import type { Ratios, RouteFigures } from './measurements.ts';

/** Everything that a run found out; printed as it is by `--json`. */
export interface Outcome {
  clients: number;
  accounts: number;
  rounds: number;
  seconds_each: number;
  transfer: RouteFigures;
  select_one: RouteFigures;
  ratios: Ratios;
  before: Books;
  after: Books;
  deadlocks: number;
}

/** What must not be: a sentence for each, none when all is well. */
export function failuresOf(outcome: Outcome): string[] {
  const { before, after, transfer, select_one, deadlocks } = outcome;
  const failures = lostMoney(before, after);
  const made = after.transfers - before.transfers;
  if (made < transfer.answers_2xx) {
    failures.push(`${transfer.answers_2xx} transfers were confirmed but ${made} are in the books`);
  }
  if (deadlocks > 0) {
    failures.push(`PostgreSQL logged ${deadlocks} deadlocks`);
  }
  for (const [name, figures] of Object.entries({ 'POST /transfer': transfer, 'select 1': select_one })) {
    const unfit = figures.answers_4xx + figures.answers_5xx + figures.answers_other + figures.errors;
    if (unfit > 0 || figures.answers_2xx === 0) {
      failures.push(`${name}: ${figures.answers_2xx} requests succeeded, ${unfit} did not`);
    }
  }
  return failures;
}
