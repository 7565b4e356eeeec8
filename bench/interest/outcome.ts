import { median } from '../median.ts';
import type { Measured } from './bare.ts';

/** One run of a job, and the bare statement after it. */
export interface Sample {
  day: string;
  /** The accounts for which it wrote something. */
  rows: number;
  seconds: number;
  bare_seconds: number;
}

/** All that was measured on a bank of one size. Memory in bytes: the process that plays the Lambda and, here, the Data API. */
export interface SizeMeasured {
  accounts: number;
  samples: Record<Measured, Sample[]>;
  rss_before: number;
  rss_most: number;
}

/** What is told of a job at one size: of medians. */
export interface JobFigures {
  runs: number;
  seconds: number;
  accounts_per_second: number;
  bare_accounts_per_second: number;
  /** The job's rate over the bare statement's. */
  ratio: number;
  /** The time for an account over that at the smallest size. */
  growth: number;
}

export interface SizeFigures extends Record<Measured, JobFigures> {
  accounts: number;
  rss_before_mib: number;
  rss_most_mib: number;
}

export interface Outcome {
  days: number;
  repeats: number;
  sizes: SizeFigures[];
  failures: string[];
}

/** At least this share of the bare statement's rate is wanted. */
export const leastRatio = 0.5;
/** The time for an account may grow to this. */
export const mostGrowth = 1.15;

/** Puts together what was measured, the smallest size first. */
export function outcomeOf(
  measured: readonly SizeMeasured[],
  { days, repeats }: { days: number; repeats: number },
): Outcome {
  const [smallest] = measured;
  const figures = (size: SizeMeasured, job: Measured) => figuresOf(size, smallest ?? size, job);
  return {
    days,
    repeats,
    sizes: measured.map(size => ({
      accounts: size.accounts,
      accrual: figures(size, 'accrual'),
      capitalisation: figures(size, 'capitalisation'),
      rss_before_mib: mebibytes(size.rss_before),
      rss_most_mib: mebibytes(size.rss_most),
    })),
    failures: measured.flatMap(failuresOf),
  };
}

function figuresOf(size: SizeMeasured, smallest: SizeMeasured, job: Measured): JobFigures {
  const seconds = median(size.samples[job].map(sample => sample.seconds));
  const bareSeconds = median(size.samples[job].map(sample => sample.bare_seconds));
  const least = median(smallest.samples[job].map(sample => sample.seconds));
  return {
    runs: size.samples[job].length,
    seconds,
    accounts_per_second: size.accounts / seconds,
    bare_accounts_per_second: size.accounts / bareSeconds,
    ratio: bareSeconds / seconds,
    growth: seconds / size.accounts / (least / smallest.accounts),
  };
}

function failuresOf({ accounts, samples }: SizeMeasured): string[] {
  return Object.entries(samples).flatMap(([job, runs]) =>
    runs
      .filter(({ rows }) => rows !== accounts)
      .map(({ day, rows }) => `the ${job} of ${day} wrote rows for ${rows} of ${accounts} accounts`),
  );
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
