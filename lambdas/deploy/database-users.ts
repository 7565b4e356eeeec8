import * as z from 'zod';
import type { Database } from '../adapters/database.ts';

/**
 * Each login has two users of the database: itself, and a twin that may do what it may. The login's secret names the one in
 * use, so that the other's password can be replaced while nobody needs it (docs/decisions/0018-logins-rotate-by-twins.md).
 */
const twinEnding = '_twin';

/** The login that a user belongs to. */
export function loginOf(user: string): string {
  return user.endsWith(twinEnding) ? user.slice(0, -twinEnding.length) : user;
}

/** A login's other user. */
export function otherUser(user: string): string {
  const login = loginOf(user);
  return user === login ? `${login}${twinEnding}` : login;
}

/** Makes a user of the database, or gives it another password; a twin may do what its login may. */
export async function ensureUser(database: Database, user: string, secret: string): Promise<void> {
  const login = loginOf(user);
  await database.query(
    user === login
      ? { sql: 'select migration.ensure_login(:login, :secret)', parameters: { login, secret }, answer: z.unknown() }
      : {
          sql: 'select migration.ensure_twin(:login, :twin, :secret)',
          parameters: { login, twin: user, secret },
          answer: z.unknown(),
        },
  );
}
