import type { LoadPlan } from './load-messages.ts';
import type { Round } from './measurements.ts';
import { runApart } from './run-apart.ts';

const program = new URL('./load-process.ts', import.meta.url);

/** Has a process of its own send the load over HTTP, telling the number of answers about once a second. */
export function sendLoad(plan: LoadPlan, onTick: (answers: number) => void): Promise<Round> {
  return runApart<LoadPlan, Round>(program, plan, onTick);
}
