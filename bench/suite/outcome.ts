import type { Machine } from '../machine.ts';
import type { SuiteOptions } from './options.ts';
import type { Row } from './section.ts';

/** Everything that a run found out; printed as it is by `--json`. */
export interface SuiteOutcome {
  machine: Machine;
  seconds: number;
  repeats: number;
  rows: Row[];
  /** A sentence for each thing that must not be. */
  failures: string[];
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
