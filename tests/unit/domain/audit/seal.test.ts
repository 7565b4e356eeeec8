import { describe, expect, test } from 'vitest';
import { type AuditLog, auditLog, auditLogText } from '../../../../lambdas/domain/audit/audit-log.ts';
import { leafOf } from '../../../../lambdas/domain/audit/leaf.ts';
import { headerHash, noSealHash, sealFlaw } from '../../../../lambdas/domain/audit/seal.ts';
import { type SealDocument, sealDocumentText } from '../../../../lambdas/domain/audit/seal-form.ts';
import { auditLogs, auditLogWith, sealKey, sealOf } from '../../support/seals.ts';

const key = sealKey();
const first = sealOf(auditLogs(3), key);
const place = { number: 1, previousHash: noSealHash, key };

describe('the leaf of a row', () => {
  const leaf = (row: unknown) => leafOf(JSON.stringify(row)).toString('hex');

  test('is the same however the row is written', () => {
    const row = auditLogWith();
    expect(leaf(Object.fromEntries(Object.entries(row).reverse()))).toBe(leaf(row));
    expect(leafOf(JSON.stringify(row, null, 2))).toEqual(leafOf(JSON.stringify(row)));
  });

  test.each(Object.keys(auditLog.shape) as (keyof AuditLog)[])('is another when the %s is another', field => {
    const row: Record<string, unknown> = auditLogWith();
    expect(leaf({ ...row, [field]: 'another' })).not.toBe(leaf(row));
    const { [field]: _removed, ...rest } = row;
    expect(leaf(rest)).not.toBe(leaf(row));
  });

  test('is another when something is added that nobody knows', () => {
    expect(leaf({ ...auditLogWith(), unknown: null })).not.toBe(leaf(auditLogWith()));
  });

  test('is that of the row as it is answered, whatever its numbers', () => {
    const text = JSON.stringify(auditLogWith({ metadata: { score: 1.5, exact: 'N', many: 'M' } }))
      .replace('"N"', '0.12345678901234567890')
      .replace('"M"', '9007199254740993');
    const answered = JSON.stringify(auditLogText.parse(text));
    expect(answered).toContain('"exact":"0.12345678901234567890"');
    expect(leafOf(answered)).toEqual(leafOf(text));
  });
});

describe('a seal', () => {
  test('that is whole, signed and in its place has no flaw', () => {
    expect(sealFlaw(first, place)).toBeUndefined();
    const second = sealOf(auditLogs(1), key, { number: 2, previous_hash: headerHash(first.header) });
    expect(sealFlaw(second, { number: 2, previousHash: headerHash(first.header), key })).toBeUndefined();
  });

  test('is read from its text as it was written', () => {
    expect(sealDocumentText.parse(JSON.stringify(first))).toEqual(first);
  });

  test.each<[string, SealDocument]>([
    ['signed by another key', sealOf(auditLogs(3), sealKey())],
    ['that names another key', sealOf(auditLogs(3), { ...key, id: 'arn:another' })],
    ['whose header was changed', { ...first, header: { ...first.header, sealed_at: '2026-01-01T00:00:00+00:00' } }],
    ['with a signature that is none', { ...first, signature: 'AAAA' }],
  ])('%s is not signed', (_what, seal) => {
    expect(sealFlaw(seal, place)).toBe('SEAL_NOT_SIGNED');
  });

  test.each<[string, SealDocument]>([
    ['of another number', sealOf(auditLogs(3), key, { number: 2 })],
    ['after another seal', sealOf(auditLogs(3), key, { previous_hash: 'ab'.repeat(32) })],
  ])('%s is out of the chain', (_what, seal) => {
    expect(sealFlaw(seal, place)).toBe('SEAL_OUT_OF_CHAIN');
  });

  test.each<[string, SealDocument]>([
    ['with a leaf less', { ...first, leaves: first.leaves.slice(1) }],
    ['with leaves in another order', { ...first, leaves: first.leaves.toReversed() }],
    ['that counts otherwise', sealOf(auditLogs(3), key, { count: 4 })],
    ['with another root', sealOf(auditLogs(3), key, { root: 'ab'.repeat(32) })],
    ['that begins otherwise', sealOf(auditLogs(3), key, { first: first.header.last })],
    ['that ends otherwise', sealOf(auditLogs(3), key, { last: first.header.first })],
  ])('%s has not the root of its leaves', (_what, seal) => {
    expect(sealFlaw(seal, place)).toBe('SEAL_ROOT_WRONG');
  });

  test.each([
    ['garbage'],
    ['null'],
    [JSON.stringify({ ...first, leaves: [] })],
    [JSON.stringify({ ...first, more: 1 })],
    [JSON.stringify({ ...first, header: { ...first.header, version: 2 } })],
    [JSON.stringify({ ...first, header: { ...first.header, root: 'zz' } })],
  ])('is not what says %.60s', text => {
    expect(sealDocumentText.safeParse(text).success).toBe(false);
  });
});
