import type { Random } from '../fraud/random.ts';

/** One fault of a run's: which, and how long all is quiet before it. */
export interface Step {
  fault: string;
  quietMs: number;
}

/** The faults without end, in an order of the seed's: all of them once before any comes again. */
export function* planFaults(faults: readonly string[], random: Random): Generator<Step, never> {
  for (;;) {
    for (const fault of random.sample(faults, faults.length)) {
      yield { fault, quietMs: random.whole(500, 2_500) };
    }
  }
}
