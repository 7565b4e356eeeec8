import type { Answer } from './sender.ts';

/** How an operation ended: done, refused for good, or never known however often it was sent. */
export type Fate = 'done' | 'refused' | 'unknown';

/** What is counted of one kind of operation. */
export interface Tally {
  done: number;
  refused: number;
  unknown: number;
  /** Sendings beyond each operation's first. */
  retries: number;
  /** Milliseconds from an operation's first sending to its last answer, waits between included. */
  latencies: number[];
  /** Answers by status and code: `200`, `429 RATE_LIMITED`, `none ECONNRESET`. */
  answers: Record<string, number>;
}

/** A tally of nothing yet. */
export function emptyTally(): Tally {
  return { done: 0, refused: 0, unknown: 0, retries: 0, latencies: [], answers: {} };
}

/** Counts one answer. */
export function countAnswer(tally: Tally, { status, code }: Answer): void {
  const name = `${status === 0 ? 'none' : status} ${code}`.trim();
  tally.answers[name] = (tally.answers[name] ?? 0) + 1;
}

/** Counts the end of an operation. */
export function countOperation(tally: Tally, fate: Fate, sendings: number, milliseconds: number): void {
  tally[fate] += 1;
  tally.retries += sendings - 1;
  tally.latencies.push(milliseconds);
}

/** How many answers were of the fives. */
export function fivesOf({ answers }: Tally): number {
  return Object.entries(answers)
    .filter(([name]) => /^5\d\d/.test(name))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** A percentile by nearest rank; 0 of nothing. */
export function percentileOf(latencies: readonly number[], percent: number): number {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1] ?? 0;
}
