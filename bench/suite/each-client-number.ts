import type { Found } from './section.ts';

/** Measures at each number of clients, one after another, and puts together what was found. */
export async function eachClientNumber(
  clientNumbers: readonly number[],
  measure: (clients: number) => Promise<Found>,
): Promise<Found> {
  const found: Found = { rows: [], failures: [] };
  for (const clients of clientNumbers) {
    const { rows, failures } = await measure(clients);
    found.rows.push(...rows);
    found.failures.push(...failures);
  }
  return found;
}
