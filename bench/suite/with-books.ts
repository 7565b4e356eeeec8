import type { Pool } from 'pg';
import { lostMoney, readBooks, untilQuiet } from '../ledger-check.ts';
import type { Found } from './section.ts';

/** Does what moves money, and counts all of it before and after: what was lost or made is a failure. */
export async function withBooks(pool: Pool, work: () => Promise<Found>): Promise<Found> {
  const before = await readBooks(pool);
  const { rows, failures } = await work();
  await untilQuiet(pool);
  return { rows, failures: [...failures, ...lostMoney(before, await readBooks(pool))] };
}
