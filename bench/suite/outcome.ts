import { cpus } from 'node:os';
import type { SuiteOptions } from './options.ts';
import type { Row } from './section.ts';

/** What the numbers were measured on. */
export interface Machine {
  date: string;
  cores: number;
  processor: string;
  node: string;
  /** Absent where no section asked for one. */
  postgresql?: string;
}

/** Everything that a run found out; printed as it is by `--json`. */
export interface SuiteOutcome {
  machine: Machine;
  seconds: number;
  repeats: number;
  rows: Row[];
  /** A sentence for each thing that must not be. */
  failures: string[];
}

/** This machine, today. */
export function thisMachine(postgresql: string | undefined): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    ...(postgresql !== undefined && { postgresql }),
  };
}

/** Puts a run together. */
export function suiteOutcomeOf(
  machine: Machine,
  { seconds, repeats }: Pick<SuiteOptions, 'seconds' | 'repeats'>,
  found: readonly { rows: Row[]; failures: string[] }[],
): SuiteOutcome {
  return {
    machine,
    seconds,
    repeats,
    rows: found.flatMap(({ rows }) => rows),
    failures: found.flatMap(({ failures }) => failures),
  };
}
