import * as z from 'zod';
import { type AuditLog, auditLogText } from '../domain/audit/audit-log.ts';
import { leafOf } from '../domain/audit/leaf.ts';
import { decodeCursor, encodeCursor } from '../domain/page.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

/** What is asked for; undefined asks for nothing in particular. */
export interface AuditFilter {
  entity_type: string | undefined;
  entity_id: string | undefined;
  actor_id: string | undefined;
  action: string | undefined;
  /** The first instant, and the first instant after the last. */
  from: string | undefined;
  to: string | undefined;
}

export interface ListAuditLogs extends AuditFilter {
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** A row with what its proof is made of. */
export interface ReadAuditLog {
  auditLog: AuditLog;
  leaf: Buffer;
  /** Undefined while no seal has it. */
  sealNumber: number | undefined;
}

/** Reading the audit. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface AuditLogs {
  listAuditLogs(request: ListAuditLogs): Promise<{ audit_logs: AuditLog[]; next_cursor: string | null }>;
  readAuditLog(id: string, caller: ActingCaller): Promise<ReadAuditLog>;
  /** Admits somebody who asks for what is worked out from the whole audit. */
  admitAuditor(caller: ActingCaller): Promise<void>;
}

const manyLogs = answerOf({ audit_logs: z.array(auditLogText) });
const oneLog = answerOf({ audit_log: z.string(), seal_number: z.int().nullable() });
const admitted = answerOf({});

const list = 'audit-logs';

/** The audit in the database. */
export function createAuditLogs(database: Database): AuditLogs {
  return {
    async listAuditLogs({ limit, cursor, caller, ...filter }) {
      const before = cursor === undefined ? undefined : decodeCursor(list, cursor);
      const sql = `select bank.list_audit_logs(:entity_type, :entity_id::uuid, :actor_id::uuid, :action, :from_time::timestamptz,
        :to_time::timestamptz, :before_occurred_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)`;
      const parameters = {
        entity_type: filter.entity_type ?? null,
        entity_id: filter.entity_id ?? null,
        actor_id: filter.actor_id ?? null,
        action: filter.action ?? null,
        from_time: filter.from ?? null,
        to_time: filter.to ?? null,
        before_occurred_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const rows = accept(await database.query({ sql, parameters, answer: manyLogs })).audit_logs;
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        audit_logs: page,
        next_cursor: last ? encodeCursor(list, { created_at: last.occurred_at, id: last.id }) : null,
      };
    },
    async readAuditLog(id, caller) {
      const sql = 'select bank.read_audit_log(:id::uuid, :caller::jsonb)';
      const parameters = { id, caller: callerJson(caller) };
      const { audit_log, seal_number } = accept(await database.query({ sql, parameters, answer: oneLog }));
      return {
        auditLog: auditLogText.parse(audit_log),
        leaf: leafOf(audit_log),
        sealNumber: seal_number ?? undefined,
      };
    },
    async admitAuditor(caller) {
      const sql = 'select bank.admit_auditor(:caller::jsonb)';
      accept(await database.query({ sql, parameters: { caller: callerJson(caller) }, answer: admitted }));
    },
  };
}
