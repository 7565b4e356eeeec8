import type { GeneratedPayment } from './payment.ts';

/** What one rule said of a payment. */
export interface Spoken {
  rule: string;
  score: number;
  error?: string;
}

/** A payment of the month, what the rules said of it before it was made and after, and whether it was made. */
export interface Judged {
  payment: GeneratedPayment;
  gate: Spoken[];
  review: Spoken[];
  made: boolean;
}

/** How well something tells criminal payments from ordinary ones. A share of nothing is null. */
export interface Figures {
  alerts: number;
  /** Of its alerts, the share that are about crimes. */
  precision: number | null;
  /** Of the criminal payments, the share that it alerts to. */
  recall: number | null;
  /** Of the cases, the share of which it alerts to a payment at least. */
  cases_found: number | null;
  /** Of the ordinary payments, the share that it alerts to. */
  false_positive_rate: number | null;
  /** Of all payments, the share that it alerts to. */
  alert_rate: number | null;
}

/** Counts what something alerts to. Payments that only give others their context are not counted. */
export function figuresOf(judged: readonly Judged[], isAlert: (one: Judged) => boolean): Figures {
  const counted = judged.filter(one => !one.payment.context);
  const criminal = counted.filter(one => one.payment.crime);
  const alerts = counted.filter(isAlert);
  const right = alerts.filter(one => one.payment.crime);
  return {
    alerts: alerts.length,
    precision: share(right.length, alerts.length),
    recall: share(right.length, criminal.length),
    cases_found: share(casesOf(right).size, casesOf(criminal).size),
    false_positive_rate: share(alerts.length - right.length, counted.length - criminal.length),
    alert_rate: share(alerts.length, counted.length),
  };
}

/** The cases that payments belong to. */
export function casesOf(judged: readonly Judged[]): Set<string> {
  return new Set(judged.flatMap(one => one.payment.crime?.case ?? []));
}

/** What findings come to, as `bank.verdict_of` adds them up: a hundred at most, and an error as much as stops a transfer. */
export function scoreOf(spoken: readonly Spoken[], errorScore: number): number {
  const sum = spoken.reduce((total, { score }) => total + score, 0);
  return Math.min(100, Math.max(sum, spoken.some(({ error }) => error !== undefined) ? errorScore : 0));
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
