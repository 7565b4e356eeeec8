import * as z from 'zod';
import { faultKind, rowFacts } from '../domain/audit/fault.ts';
import { leafOf } from '../domain/audit/leaf.ts';
import { signedHeader } from '../domain/audit/seal-form.ts';
import type { AuditSources } from '../domain/audit/sources.ts';
import { id } from '../domain/fields.ts';
import { readUnsealed, type UnsealedRow } from './audit-seals.ts';
import type { Database } from './database.ts';
import type { SealArchive } from './seal-archive.ts';

/** How many rows one call holds against their events. */
const rowsPerComparison = 5_000;

const sealAnswer = z.object({ seal: signedHeader.nullable() });
const leavesAnswer = z.object({
  leaves: z.array(z.object({ id, position: z.int(), hash: z.string(), row: z.string().nullable() })),
});
const comparisonAnswer = z.object({
  unsealed: z.int(),
  fault: z.object({ kind: faultKind, id }).nullable(),
  next_id: id.nullable(),
});
const descriptionAnswer = z.object({ about: rowFacts.nullable() });

/** What verification reads, from the database and the archive. Nothing is written. */
export function createAuditSources(database: Database, archive: Omit<SealArchive, 'put'>): AuditSources {
  return {
    async keptSeal(from) {
      const sql = 'select bank.find_audit_seal(:from_number::integer)';
      const { seal } = await database.query({ sql, parameters: { from_number: from }, answer: sealAnswer });
      return seal ?? undefined;
    },
    async *keptLeaves(seal) {
      const sql = 'select bank.read_sealed_audit(:seal_number::integer, :from_position::integer)';
      for (let from = 0; ; ) {
        const parameters = { seal_number: seal, from_position: from };
        const { leaves } = await database.query({ sql, parameters, answer: leavesAnswer });
        const last = leaves.at(-1);
        if (!last) {
          return;
        }
        yield leaves.map(({ row, ...leaf }) => ({ ...leaf, ofRow: row === null ? undefined : hexLeaf(row) }));
        from = last.position + 1;
      }
    },
    async *waitingRows() {
      for (let after: UnsealedRow | undefined; ; ) {
        const { rows } = await readUnsealed(database, after);
        after = rows.at(-1);
        if (!after) {
          return;
        }
        yield rows.map(row => ({ id: row.id, leaf: row.leaf.toString('hex') }));
      }
    },
    archivedSeal: number => archive.get(number),
    firstArchived: from => archive.first(from),
    async compareWithEvents(from) {
      const { unsealed, fault, next_id } = await database.query({
        sql: 'select bank.compare_audit(:from_id::uuid, :page_size::integer)',
        parameters: { from_id: from, page_size: rowsPerComparison },
        answer: comparisonAnswer,
      });
      return { unsealed, fault: fault ?? undefined, next: next_id ?? undefined };
    },
    async describe(row) {
      const sql = 'select bank.describe_audit_log(:id::uuid)';
      const { about } = await database.query({ sql, parameters: { id: row }, answer: descriptionAnswer });
      return about ?? undefined;
    },
  };
}

function hexLeaf(row: string): string {
  return leafOf(row).toString('hex');
}
