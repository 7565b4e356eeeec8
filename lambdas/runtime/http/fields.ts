import type * as z from 'zod';
import { BankError, type FieldError } from '../../domain/errors.ts';

/** A part of the request with the schema that it must have. */
export interface Part {
  schema: z.ZodType | undefined;
  value: unknown;
}

/**
 * Parses the parts of a request, all of them before complaining.
 *
 * @throws BankError INVALID_REQUEST naming every field that is not as it must be.
 */
export function parseParts<Name extends string>(parts: Record<Name, Part>): Record<Name, unknown> {
  const fields: FieldError[] = [];
  const parsed = Object.entries<Part>(parts).map(([name, { schema, value }]) => {
    const result = schema?.safeParse(value);
    fields.push(...(result?.error?.issues ?? []).flatMap(issue => complaints(issue, value)));
    return [name, result?.data];
  });
  if (fields.length > 0) {
    throw new BankError('INVALID_REQUEST', { detail: 'See errors for each field.', fields });
  }
  return Object.fromEntries(parsed);
}

function complaints(issue: z.core.$ZodIssue, value: unknown): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      field: [...issue.path, key].join('.'),
      message: 'is not a field of this request',
    }));
  }
  const field = issue.path.join('.') || 'body';
  const missing = issue.path.length > 0 && valueAt(value, issue.path) === undefined;
  return [{ field, message: missing ? `is required: ${issue.message}` : issue.message }];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
