import { percentile } from '../measurements.ts';
import { median } from '../median.ts';
import type { LoadRound } from './load/messages.ts';
import type { Bench } from './section.ts';

const longestWarmUpSeconds = 1;

/** The medians of a load's rounds. */
export interface Figures {
  answers_per_second: number;
  p50_ms: number;
}

/** Something that clients do over and over. */
export interface Load {
  clients: number;
  /** Has them do it for so long, and is told about once a second how many answers came. */
  run(seconds: number, tick: (answers: number) => void): Promise<LoadRound>;
}

export interface Measured<Name extends string> {
  figures: Record<Name, Figures>;
  /** A sentence for each load of which something was refused. */
  failures: string[];
}

/**
 * Measures loads in turn, each first every so often, so that whatever else the machine does falls on all of them. A short round of each
 * comes first and does not count.
 *
 * @param before done before each round.
 */
export async function measureInTurn<Name extends string>(
  { seconds, repeats, progress }: Pick<Bench, 'seconds' | 'repeats' | 'progress'>,
  loads: Record<Name, Load>,
  before: () => Promise<unknown>,
): Promise<Measured<Name>> {
  const names = Object.keys(loads) as Name[];
  const rounds = new Map<Name, LoadRound[]>(names.map(name => [name, []]));
  const run = async (name: Name, label: string, forSeconds: number) => {
    await before();
    const { clients } = loads[name];
    const who = `${label}: ${name}, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
    const round = await loads[name].run(forSeconds, answers => progress(`${who}, ${answers}/s`));
    progress(`${who}, ${(round.latencies.length / round.seconds).toFixed(0)}/s in all`);
    return round;
  };
  for (const name of names) await run(name, 'warm-up', Math.min(seconds, longestWarmUpSeconds));
  for (let number = 0; number < repeats; number += 1) {
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(number + place) % names.length];
      if (name) rounds.get(name)?.push(await run(name, `round ${number + 1}/${repeats}`, seconds));
    }
  }
  return {
    figures: Object.fromEntries(names.map(name => [name, figuresOf(rounds.get(name) ?? [])])) as Record<Name, Figures>,
    failures: names.flatMap(name => refusalsOf(name, rounds.get(name) ?? [])),
  };
}

/** The medians of some rounds. */
export function figuresOf(rounds: readonly LoadRound[]): Figures {
  const sorted = rounds.map(round => Float64Array.from(round.latencies).sort());
  return {
    answers_per_second: median(rounds.map(round => round.latencies.length / round.seconds)),
    p50_ms: median(sorted.map(latencies => percentile(latencies, 50))),
  };
}

/** A sentence for what was refused: a refusal takes less than what is measured. */
function refusalsOf(name: string, rounds: readonly LoadRound[]): string[] {
  const refused = rounds.flatMap(round => Object.entries(round.refusals));
  const codes = [...new Set(refused.map(([code]) => code))];
  return codes.map(code => {
    const count = refused.filter(([other]) => other === code).reduce((total, [, times]) => total + times, 0);
    return `${name}: ${count} were refused with ${code}`;
  });
}
