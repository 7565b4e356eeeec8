/** Why the local PostgreSQL cannot be used, as one line that names the mend: print the message, not the stack. */
export class PostgresError extends Error {
  override name = 'PostgresError';
}
