import * as z from 'zod';
import type { VerificationPlace } from '../../domain/audit/verify.ts';
import { BankError } from '../../domain/errors.ts';
import { id, jsonText } from '../../domain/fields.ts';

const place = jsonText(z.tuple([z.literal('verification'), z.int32().min(1), id.nullable()]));

/** Makes a cursor for where a verification goes on. Callers may keep it, but not read it. */
export function encodePlace({ seal, row = null }: { seal: number; row?: string | null }): string {
  return Buffer.from(JSON.stringify(['verification', seal, row])).toString('base64url');
}

/**
 * Reads a cursor that `encodePlace` made.
 *
 * @throws BankError INVALID_REQUEST if it is anything else.
 */
export function decodePlace(cursor: string): VerificationPlace {
  const { data } = place.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!data) {
    const message = 'must be a next_cursor that this route answered';
    throw new BankError('INVALID_REQUEST', { fields: [{ field: 'cursor', message }] });
  }
  const [, seal, row] = data;
  return row === null ? { seal } : { seal, row };
}
