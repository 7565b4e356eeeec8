import type { Ran } from './run.ts';

/** Everything that a run found out; printed as it is by `--json`. */
export interface FaultOutcome extends Ran {
  seed: number;
  minutes: number;
  clients: number;
  history: string;
  /** What must not be, as the checker found it. */
  wrong: string[];
}

/** With fewer operations a minute than this, or fewer reads, a run says nothing. */
const leastDoneAMinute = 60;
const leastReadsAMinute = 5;

/** Why a run proves nothing, whatever was found: a sentence each, none when it means something. */
function invalidityOf({ faults, operations, reads, minutes }: FaultOutcome): string[] {
  const done = operations.done ?? 0;
  const silent = Object.entries(faults).filter(([, { fired }]) => fired === 0);
  return [
    ...silent.map(([fault, { injected }]) => `"${fault}" was injected ${injected} times and never fired`),
    ...(done < leastDoneAMinute * minutes ? [`only ${done} operations succeeded`] : []),
    ...(reads < leastReadsAMinute * minutes ? [`only ${reads} reads succeeded`] : []),
  ];
}

/** What went wrong: a sentence each, none when nothing did. */
function failuresOf({ wrong, drained }: FaultOutcome): string[] {
  return [...wrong, ...(drained ? [] : ['events had not arrived five minutes after the last fault'])];
}

/** 1 for what is wrong, 2 for what proves nothing, 0 for a run that held. */
export function exitCodeOf(outcome: FaultOutcome): number {
  if (failuresOf(outcome).length > 0) return 1;
  return invalidityOf(outcome).length > 0 ? 2 : 0;
}

/** The outcome as a table and a few lines for people. */
export function reportOf(outcome: FaultOutcome): string {
  const { seed, minutes, clients, faults, operations, reads, answers, history } = outcome;
  const shown = 20;
  const failures = failuresOf(outcome);
  const invalid = invalidityOf(outcome);
  const row = (name: string, ...columns: (string | number)[]) =>
    name.padEnd(40) + columns.map(column => String(column).padStart(10)).join('');
  return [
    `seed ${seed}, ${minutes} minutes, ${clients} clients`,
    '',
    row('fault', 'injected', 'fired'),
    ...Object.entries(faults).map(([fault, { injected, fired }]) => row(fault, injected, fired)),
    '',
    row('operations done', operations.done ?? 0),
    row('refused', operations.refused ?? 0),
    row('never known', operations.unknown ?? 0),
    row('reads of all balances', reads),
    ...Object.entries(answers).map(([answer, count]) => row(`answers ${answer}`, count)),
    '',
    `history: ${history}`,
    '',
    ...failures.slice(0, shown).map(failure => `FAILED: ${failure}`),
    ...(failures.length > shown ? [`FAILED: and ${failures.length - shown} more`] : []),
    ...invalid.map(reason => `INVALID: ${reason}`),
    ...(failures.length + invalid.length === 0 ? ['Nothing lost, nothing twice.'] : []),
  ].join('\n');
}
