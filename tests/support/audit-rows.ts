import type { ClientBase, Pool } from 'pg';

/** What a test says of the rows that it writes. */
export interface AuditRows {
  type?: string;
  entityType?: string;
  entityId?: string;
  actorId?: string;
  data?: object;
  /** When the first of them happened; each next one a microsecond later. Now, unless told. */
  at?: string;
}

const insertRows = `
  with happened as (
    insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at, processed_at)
    select bank.uuid_v7(), $2, 1, $3, coalesce($4::uuid, gen_random_uuid()),
           jsonb_build_object('id', coalesce($5::uuid, gen_random_uuid()), 'roles', '["customer"]'::jsonb),
           '{"ip": "192.0.2.1", "user_agent": "test", "request_id": "request", "session_id": "session"}',
           $6::jsonb || jsonb_build_object('place', place),
           coalesce($7::timestamptz, clock_timestamp()) + place * interval '1 microsecond', clock_timestamp()
      from generate_series(0, $1::integer - 1) place
    returning *
  ), written as (
    insert into bank.audit_logs
    select entry.* from happened, lateral bank.audit_log_of(row(happened.*)::bank.events, clock_timestamp()) entry
    returning id, occurred_at
  )
  select id from written order by occurred_at, id`;

/** Writes rows into the audit, with their events, as the worker does. @returns their ids, in the order of sealing. */
export async function writeAuditLogs(pool: Pool | ClientBase, count: number, rows: AuditRows = {}): Promise<string[]> {
  const { type = 'AccountFrozen', entityType = 'account', entityId = null, actorId = null, at = null } = rows;
  const data = rows.data ?? { old: { status: 'ACTIVE' }, new: { status: 'FROZEN' }, reason: 'a test' };
  const found = await pool.query(insertRows, [count, type, entityType, entityId, actorId, JSON.stringify(data), at]);
  return found.rows.map(row => row.id);
}
