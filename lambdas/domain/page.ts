import * as z from 'zod';
import { BankError } from './errors.ts';
import { id, timestamp } from './fields.ts';

/** The place of a row in a list: lists are ordered by time, then id. */
export interface Position {
  created_at: string;
  id: string;
}

/** Just what `encodeCursor` writes of a row: PostgreSQL would choke on some other instants that RFC 3339 allows. */
const rowTime = z
  .string()
  .regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?\+00:00$/);

/** Makes a cursor for a list's rows beyond a position. Callers may keep it, but not read it. */
export function encodeCursor(list: string, { created_at, id }: Position): string {
  return Buffer.from(JSON.stringify([list, created_at, id])).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` made for the same list.
 *
 * @throws BankError INVALID_REQUEST if it is anything else.
 */
export function decodeCursor(list: string, cursor: string): Position {
  try {
    const parts = z.tuple([z.literal(list), rowTime.pipe(timestamp), id]);
    const [, created_at, row] = parts.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { created_at, id: row };
  } catch (cause) {
    throw new BankError('INVALID_REQUEST', {
      fields: [{ field: 'cursor', message: 'must be a next_cursor that this route answered' }],
      cause,
    });
  }
}

/** Cuts a page out of rows of which one more than the page holds was asked for, and says where the next one begins. */
export function cutPage<Row extends Position>(
  list: string,
  rows: Row[],
  limit: number,
): { rows: Row[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next_cursor: rows.length > limit && last ? encodeCursor(list, last) : null };
}
