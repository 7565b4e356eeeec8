import type { FilledBank } from './filled-bank.ts';
import type { HttpBank } from './http-bank.ts';

/** The sections, in the order in which they run. */
export const sectionNames = ['floor', 'transfer', 'hot', 'calls', 'batch', 'http', 'growth', 'lambda'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What a ratio is to be. */
export type Target = { atLeast: number } | { atMost: number };

/** One line of the result. */
export interface Row {
  section: SectionName;
  name: string;
  /** What else is told of it. */
  note?: string;
  /** Of what is measured and of the reference: `transfers/s`, `ms`, … */
  unit: string;
  measured: number;
  /** What it is measured against, in the same unit. */
  reference?: { name: string; value: number };
  /** What was measured over the reference. */
  ratio?: number;
  target?: Target;
  /** Whether the ratio is what it is to be; absent where nothing is wanted of it. */
  met?: boolean;
}

/** What a section found: rows, and a sentence for each thing that must not be, such as money that is gone. */
export interface Found {
  rows: Row[];
  failures: string[];
}

/** What sections measure with. The banks are made when they are first asked for, and are shared. */
export interface Bench {
  /** How long one measurement takes. */
  seconds: number;
  /** How many times each measurement is made; medians count. */
  repeats: number;
  /** How many accounts the money moves between. */
  accounts: number;
  /** How many postings an old bank has. */
  postings: number;
  /** A folder for what a section writes. */
  folder: string;
  progress(line: string): void;
  /** The server's address as its superuser. */
  server(): Promise<string>;
  bank(): Promise<FilledBank>;
  httpBank(): Promise<HttpBank>;
}

export interface Section {
  name: SectionName;
  /** What it measures, in one line of the help. */
  about: string;
  run(bench: Bench): Promise<Found>;
}

/** A row without a reference. */
export function plainRow(section: SectionName, name: string, unit: string, measured: number): Row {
  return { section, name, unit, measured };
}

/** A row whose ratio to a reference counts, and what it is to be. */
export function comparedRow(
  section: SectionName,
  name: string,
  unit: string,
  measured: number,
  reference: { name: string; value: number },
  target?: Target,
): Row {
  const ratio = measured / reference.value;
  const row = { section, name, unit, measured, reference, ratio };
  return target ? { ...row, target, met: isMet(ratio, target) } : row;
}

function isMet(ratio: number, target: Target): boolean {
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}
