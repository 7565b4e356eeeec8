import type { Context } from 'aws-lambda';

let current: Context | undefined;

/** Notes which invocation this environment is working on. Lambda gives an environment one at a time. */
export function beginInvocation(context: Context): void {
  current = context;
}

/** Milliseconds until Lambda ends the latest invocation; none before the first. */
export function remainingTime(): number {
  return current?.getRemainingTimeInMillis() ?? 0;
}
