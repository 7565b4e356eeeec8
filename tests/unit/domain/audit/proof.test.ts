import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InclusionProof, inclusionProof } from '../../../../lambdas/domain/audit/inclusion-proof.ts';
import { leafOf } from '../../../../lambdas/domain/audit/leaf.ts';
import { pathInSeal } from '../../../../lambdas/domain/audit/proof.ts';
import { expectOneLine, run } from '../../../support/programs.ts';
import { auditLogs, auditLogWith, sealKey, sealOf } from '../../support/seals.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-proof-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const key = sealKey();

/** The proof of one of so many rows. */
function proofOf(index: number, count: number): InclusionProof {
  const rows = auditLogs(count);
  const seal = sealOf(rows, key);
  const row = rows[index] ?? auditLogWith();
  const path = pathInSeal(seal, row.id, leafOf(JSON.stringify(row)));
  return inclusionProof.parse({ audit_log: row, ...path, header: seal.header, signature: seal.signature });
}

/** Runs the script that the documentation hands out. */
async function check(proof: unknown, pem = key.pem) {
  const files = [join(folder, 'proof.json'), join(folder, 'key.pem')];
  await writeFile(files[0] ?? '', typeof proof === 'string' ? proof : JSON.stringify(proof));
  await writeFile(files[1] ?? '', pem);
  return run(process.execPath, ['docs/verify-proof.mjs', ...files]);
}

describe('the script for auditors', () => {
  test.each([
    [0, 1],
    [2, 3],
    [6, 7],
    [5, 100],
    [99, 100],
  ])('proves row %i of %i', async (index, count) => {
    const { code, stdout, stderr } = await check(proofOf(index, count));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(`^proven: AccountFrozen of account .* is row ${index + 1} of ${count} in seal 1, sealed at `),
    );
  });

  const proof = proofOf(3, 7);
  const [one = '', ...others] = proof.audit_path;
  test.each<[string, unknown, RegExp]>([
    [
      'a row that says something else',
      { ...proof, audit_log: auditLogWith({ ip: null }, 3) },
      /row is not in the seal/,
    ],
    ['another place', { ...proof, leaf_index: 2 }, /row is not in the seal/],
    ['a place beyond the seal', { ...proof, leaf_index: 7 }, /no leaf 7/],
    ['a path with another hash', { ...proof, audit_path: ['ab'.repeat(32), ...others] }, /row is not in the seal/],
    ['a path that is too short', { ...proof, audit_path: others }, /row is not in the seal/],
    ['a path that is too long', { ...proof, audit_path: [one, one, ...others] }, /row is not in the seal/],
    ['a header that was changed', { ...proof, header: { ...proof.header, number: 2 } }, /not signed by this key/],
    ['a signature that was changed', { ...proof, signature: 'AAAA' }, /not signed by this key/],
    ['something else than a proof', 'garbage', /not proven: /],
    ['nothing of a proof', '{}', /not proven: /],
  ])('refuses %s', async (_what, forged, why) => {
    expectOneLine(await check(forged), why);
  });

  test('refuses the proof under another key', async () => {
    expectOneLine(await check(proof, sealKey().pem), /not signed by this key/);
  });

  test('says how it is used', async () => {
    expectOneLine(await run(process.execPath, ['docs/verify-proof.mjs']), /usage: .*PROOF\.json PUBLIC-KEY\.pem/);
  });
});

test('a row that was changed since it was sealed, or is in another seal, has no path', () => {
  const seal = sealOf(auditLogs(3), key);
  const changed = auditLogWith({ ip: null }, 1);
  expect(pathInSeal(seal, changed.id, leafOf(JSON.stringify(changed)))).toBeUndefined();
  const other = auditLogWith({}, 9);
  expect(pathInSeal(seal, other.id, leafOf(JSON.stringify(other)))).toBeUndefined();
});
