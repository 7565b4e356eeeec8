import type { Database } from './database.ts';

/** What customers hear from the bank. */
export interface Notifications {
  /** Sends what is due, so many at most. */
  deliver(limit: number): Promise<{ sent: number; failed: number }>;
}

/** The notifications in the database. There are none yet. */
export function createNotifications(_database: Database): Notifications {
  return { deliver: async () => ({ sent: 0, failed: 0 }) };
}
