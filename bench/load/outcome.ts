import { fivesOf, percentileOf, type Tally } from './tally.ts';

/** Everything that a run found out; printed as it is by `--json`. Times in milliseconds. */
export interface LoadOutcome {
  users: number;
  in_flight: number;
  seconds: number;
  transfers: number;
  transfers_per_second: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  max_ms: number;
  refused: number;
  unknown: number;
  sent_again: number;
  success_percent: number;
  answers: Record<string, number>;
  accounts: number;
  paid_in: string;
  read_back: string;
  /** What does not agree between what the bank confirmed and what it holds. */
  differences: string[];
  /** Answers of the fives to anything that was asked, transfers or not. */
  fives: number;
  by_night: boolean;
}

/** What a run's transfers come to. */
export function figuresOf(tally: Tally, seconds: number) {
  const all = tally.done + tally.refused + tally.unknown;
  return {
    seconds,
    transfers: tally.done,
    transfers_per_second: tally.done / seconds,
    p50_ms: percentileOf(tally.latencies, 50),
    p95_ms: percentileOf(tally.latencies, 95),
    p99_ms: percentileOf(tally.latencies, 99),
    max_ms: percentileOf(tally.latencies, 100),
    refused: tally.refused,
    unknown: tally.unknown,
    sent_again: tally.retries,
    success_percent: all === 0 ? 0 : (100 * tally.done) / all,
    answers: tally.answers,
  };
}

/** Answers of the fives in all tallies. */
export function fives(...tallies: Tally[]): number {
  return tallies.reduce((sum, tally) => sum + fivesOf(tally), 0);
}

const leastSuccessPercent = 99.99;

/** What must not be: a sentence for each, none when all is well. */
export function failuresOf(outcome: LoadOutcome): string[] {
  const failures = [...outcome.differences];
  if (outcome.fives > 0) failures.push(`${outcome.fives} answers were a 5xx`);
  if (outcome.success_percent < leastSuccessPercent) {
    failures.push(
      `${outcome.success_percent.toFixed(3)} % of the transfers succeeded, fewer than ${leastSuccessPercent} %`,
    );
  }
  return failures;
}

/** The outcome as a table for people. */
export function reportOf(outcome: LoadOutcome): string {
  const row = (name: string, value: string | number) => `${name.padEnd(22)}${String(value).padStart(14)}`;
  const ms = (value: number) => value.toFixed(1);
  const failures = failuresOf(outcome);
  const shown = 10;
  return [
    `${outcome.users} users, ${outcome.in_flight} transfers in flight at most, ${outcome.seconds.toFixed(1)} s`,
    ...(outcome.by_night ? ["By night the fraud gate stops customers' first payments: tellers moved the money."] : []),
    '',
    row('transfers', outcome.transfers),
    row('transfers/s', outcome.transfers_per_second.toFixed(1)),
    row('p50 ms', ms(outcome.p50_ms)),
    row('p95 ms', ms(outcome.p95_ms)),
    row('p99 ms', ms(outcome.p99_ms)),
    row('max ms', ms(outcome.max_ms)),
    row('succeeded', `${outcome.success_percent.toFixed(3)} %`),
    row('refused', outcome.refused),
    row('never known', outcome.unknown),
    row('sent again', outcome.sent_again),
    '',
    'answers to transfers',
    ...Object.entries(outcome.answers).map(([name, count]) => row(`  ${name}`, count)),
    '',
    row('paid in', outcome.paid_in),
    row(`held, ${outcome.accounts} accounts`, outcome.read_back),
    '',
    ...(failures.length === 0
      ? ['Every cent is there.']
      : failures.slice(0, shown).map(failure => `FAILED: ${failure}`)),
    ...(failures.length > shown ? [`FAILED: and ${failures.length - shown} more`] : []),
  ].join('\n');
}
