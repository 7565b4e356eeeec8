/** As many as a laptop has use for; AWS's own limit is a thousand. */
const most = 8;

/**
 * How many invocations of one function are worth running at once on so many cores. A function waits about half its time, for a database
 * that needs the same cores; each environment more compiles all of its code for itself, and is called the less often.
 */
export function concurrencyOn(cores: number): number {
  return Math.min(most, 2 * cores);
}
