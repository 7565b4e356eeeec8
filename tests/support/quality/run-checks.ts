import type { Check } from './checks.ts';

/** How one check went. `faults` is empty when all is well. */
export interface Outcome {
  name: string;
  faults: string;
  seconds: number;
}

/**
 * Runs checks, some at a time in the order given, and tells of each as it ends. A check that throws has failed.
 *
 * @returns the outcomes, in the order in which the checks ended.
 */
export async function runChecks(
  root: string,
  checks: Check[],
  atOnce: number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = checks.values();
  async function work(): Promise<void> {
    for (const check of waiting) {
      const started = performance.now();
      const faults = await check.faults(root).catch((error: unknown) => `the check itself failed: ${String(error)}`);
      const outcome = { name: check.name, faults, seconds: (performance.now() - started) / 1000 };
      outcomes.push(outcome);
      tell(outcome);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}
