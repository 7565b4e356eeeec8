/** One thing that must hold of a bank that answers. */
export interface Check {
  name: string;
  /** Says in a few words what it saw; throws an error that says what is wrong. */
  run(): Promise<string>;
}

/** How a check ended. */
export interface Outcome {
  name: string;
  ok: boolean;
  /** What was seen, or why it failed. */
  detail: string;
  milliseconds: number;
}

/** Runs checks in their order, whatever becomes of each, and tells of each one as it ends. */
export async function runChecks(checks: readonly Check[], tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, run } of checks) {
    const began = performance.now();
    const ended = await run().then(
      detail => ({ ok: true, detail }),
      (error: unknown) => ({ ok: false, detail: reasonOf(error) }),
    );
    const outcome = { name, ...ended, milliseconds: Math.round(performance.now() - began) };
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}

/** Throws that something is not as it must be. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) {
    throw new Error(otherwise);
  }
}

/** What was seen before, for a check that goes on from there. */
export function known<Value>(value: Value | undefined, what: string): Value {
  must(value !== undefined, `not tried, for want of ${what}`);
  return value;
}

/** An error in one line: of what the API answered, its code too. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const because = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';
  return `${typeof code === 'string' ? `${code}: ` : ''}${error.message}${because}`.replace(/\s+/g, ' ');
}
