import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';

/** Resolves once so many sessions of the database wait for a lock that another holds. */
export async function lockWaits(pool: Pool, sessions = 1): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].waiting >= sessions) {
      return;
    }
    await pause(5);
  }
}
