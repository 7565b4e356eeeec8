import * as z from 'zod';
import { decodeCursor, encodeCursor } from '../domain/page.ts';
import {
  type Reconciliation,
  type ReconciliationSummary,
  reconciliation,
  reconciliationSummary,
} from '../domain/reconciliation.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface ListReconciliations {
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** Reading what the runs of the reconciliation said. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Reconciliations {
  listReconciliations(
    request: ListReconciliations,
  ): Promise<{ reconciliations: ReconciliationSummary[]; next_cursor: string | null }>;
  readReconciliation(id: string, caller: ActingCaller): Promise<Reconciliation>;
}

const many = answerOf({ reconciliations: z.array(reconciliationSummary) });
const one = answerOf({ reconciliation });

const list = 'reconciliations';

/** The reports in the database. */
export function createReconciliations(database: Database): Reconciliations {
  return {
    async listReconciliations({ limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor(list, cursor);
      const sql =
        'select bank.list_reconciliations(:before_started_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        before_started_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const rows = accept(await database.query({ sql, parameters, answer: many })).reconciliations;
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        reconciliations: page,
        next_cursor: last ? encodeCursor(list, { created_at: last.started_at, id: last.id }) : null,
      };
    },
    async readReconciliation(id, caller) {
      const sql = 'select bank.read_reconciliation(:id::uuid, :caller::jsonb)';
      const parameters = { id, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: one })).reconciliation;
    },
  };
}
