const began = performance.now();

/** Tells on stderr what a benchmark is at, and how many seconds it has been running. */
export function progress(line: string): void {
  console.error(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
