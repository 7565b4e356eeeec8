import * as z from 'zod';
import { id } from '../domain/fields.ts';
import type { Database } from './database.ts';

/** One run over the customers, as its events are recorded. */
export interface ReindexRun {
  id: string;
  /** The version of the key under which every number shall have an index. */
  key_version: number;
}

/** The blind index, for whoever makes it anew. Each call is one Data API call, and may be repeated. */
export interface SsnIndexes {
  /** The next customers, by id, whose number has no index under the run's key. */
  listUnindexed(run: ReindexRun, after: string | null, batchSize: number): Promise<UnindexedSsn[]>;
  /** @returns how many were added, and the customers whose number another customer has. */
  addIndexes(
    run: ReindexRun,
    entries: { customer_id: string; mac: string }[],
  ): Promise<{ added: number; duplicates: string[] }>;
  /** Removes the indexes under other keys than these, if everybody has one under the newest. @returns how many. */
  retireIndexes(run: ReindexRun, keyVersions: number[]): Promise<number>;
}

const unindexed = z.object({ customer_id: id, ciphertext: z.string() });
export type UnindexedSsn = z.output<typeof unindexed>;

const unindexedSsns = z.object({ customers: z.array(unindexed) });
const addedIndexes = z.object({ added: z.int(), duplicates: z.array(id) });
const retiredIndexes = z.object({ retired: z.int() });

/** Who the events say it was: no person. */
const caller = JSON.stringify({ id: '00000000-0000-0000-0000-000000000000', roles: ['system'] });

/** The blind index in the database. */
export function createSsnIndexes(database: Database): SsnIndexes {
  return {
    async listUnindexed(run, after, batchSize) {
      const { customers } = await database.query({
        sql: 'select bank.list_unindexed_ssns(:run::uuid, :key_version::integer, :after::uuid, :batch_size::integer, :caller::jsonb)',
        parameters: { run: run.id, key_version: run.key_version, after, batch_size: batchSize, caller },
        answer: unindexedSsns,
      });
      return customers;
    },
    addIndexes: (run, entries) =>
      database.query({
        sql: 'select bank.add_ssn_indexes(:run::uuid, :key_version::integer, :entries::jsonb, :caller::jsonb)',
        parameters: { run: run.id, key_version: run.key_version, entries: JSON.stringify(entries), caller },
        answer: addedIndexes,
      }),
    async retireIndexes(run, keyVersions) {
      const { retired } = await database.query({
        sql: 'select bank.retire_ssn_indexes(:run::uuid, :key_versions::jsonb, :caller::jsonb)',
        parameters: { run: run.id, key_versions: JSON.stringify(keyVersions), caller },
        answer: retiredIndexes,
      });
      return retired;
    },
  };
}
