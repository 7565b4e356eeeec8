import * as z from 'zod';
import { leafOf } from '../domain/audit/leaf.ts';
import { headerHash } from '../domain/audit/seal.ts';
import type { SealDocument } from '../domain/audit/seal-form.ts';
import { id, timestamp } from '../domain/fields.ts';
import type { Database } from './database.ts';

/** A row that waits to be sealed, and the leaf that it makes. */
export interface UnsealedRow {
  id: string;
  occurred_at: string;
  leaf: Buffer;
}

/** A page of the rows that wait, in the order of sealing, and the database's time. */
export interface UnsealedPage {
  readAt: string;
  rows: UnsealedRow[];
}

/** What the database keeps of the seals, for whoever makes them. Each call is one Data API call, and may be repeated. */
export interface AuditSeals {
  /** The seal that the next one follows; undefined before the first. */
  lastSeal(): Promise<{ number: number; hash: string } | undefined>;
  /** The next rows that no seal has; none when there are no more. */
  readUnsealed(after: UnsealedRow | undefined): Promise<UnsealedPage>;
  /**
   * Keeps a seal that the archive has. The same seal may be brought again.
   *
   * @throws Error of the database if it has another of that number, or not the one before.
   */
  addSeal(document: SealDocument): Promise<void>;
}

const lastSealAnswer = z.object({ seal: z.object({ number: z.int(), hash: z.string() }).nullable() });
const unsealedAnswer = z.object({
  read_at: timestamp,
  rows: z.array(z.object({ id, occurred_at: timestamp, row: z.string() })),
});
const addedAnswer = z.object({ added: z.boolean() });

/** The seals in the database. */
export function createAuditSeals(database: Database): AuditSeals {
  return {
    async lastSeal() {
      const sql = 'select bank.last_audit_seal()';
      return (await database.query({ sql, parameters: {}, answer: lastSealAnswer })).seal ?? undefined;
    },
    readUnsealed: after => readUnsealed(database, after),
    async addSeal({ header, signature, leaves }) {
      await database.query({
        sql: 'select bank.add_audit_seal(:header::jsonb, :header_hash, :signature, :leaves::jsonb)',
        parameters: {
          header: JSON.stringify(header),
          header_hash: headerHash(header),
          signature,
          leaves: JSON.stringify(leaves),
        },
        answer: addedAnswer,
      });
    },
  };
}

/** A page of the rows that no seal has, for whoever seals and whoever verifies. */
export async function readUnsealed(
  database: Database,
  after: Pick<UnsealedRow, 'id' | 'occurred_at'> | undefined,
): Promise<UnsealedPage> {
  const { read_at, rows } = await database.query({
    sql: 'select bank.read_unsealed_audit(:after_occurred_at::timestamptz, :after_id::uuid)',
    parameters: { after_occurred_at: after?.occurred_at ?? null, after_id: after?.id ?? null },
    answer: unsealedAnswer,
  });
  return { readAt: read_at, rows: rows.map(({ row, ...place }) => ({ ...place, leaf: leafOf(row) })) };
}
