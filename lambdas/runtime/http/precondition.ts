import * as z from 'zod';
import { BankError } from '../../domain/errors.ts';

/**
 * An If-Match header: `*`, or one entity tag of RFC 9110 §8.8.3, weak or strong. Lists of tags are not taken: there is one current
 * version, and a client knows which one it read.
 */
export const ifMatch = z
  .string()
  .trim()
  .regex(/^(\*|(W\/)?"[\x21\x23-\x7e\x80-\xff]*")$/, {
    error: 'must be one ETag as reading gave it, such as "7" in its quotes, or *',
  })
  .optional();

const ownTag = /^"([1-9]\d{0,14})"$/;

/** The entity tag of a version: strong, as every change of what is read changes the version. */
export function entityTagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that a well-formed If-Match header wants; null for `*`, which any version matches.
 * Comparison is strong (RFC 9110 §13.1.1), so a weak tag matches nothing, like one that the bank never gave.
 *
 * @throws BankError IF_MATCH_REQUIRED without the header, VERSION_CONFLICT for a tag that can't match.
 */
export function wantedVersion(tag: string | undefined): number | null {
  if (tag === undefined) {
    throw new BankError('IF_MATCH_REQUIRED', { detail: 'Read the resource and send its ETag as If-Match.' });
  }
  if (tag === '*') {
    return null;
  }
  const version = ownTag.exec(tag)?.[1];
  if (version === undefined) {
    throw new BankError('VERSION_CONFLICT', { detail: 'This is no ETag that the bank gave.' });
  }
  return Number(version);
}

/** Whether the reader has this version already: If-None-Match names its tag, weakly compared (RFC 9110 §13.1.2), or `*`. */
export function isKnownVersion(header: string | undefined, tag: string): boolean {
  const known = (header ?? '').split(',').map(item => item.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(tag);
}
