import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** An event as the outbox keeps it. */
export interface OutboxEvent {
  id: string;
  type: string;
  aggregate_id: string;
  actor: { id: string; roles: string[] };
  context: Record<string, string | null>;
  data: Record<string, unknown>;
  processed_at: Date | null;
  relay_after: Date | null;
  relays: number;
}

/** The events in the outbox that a condition holds for, oldest first. */
export async function outboxEvents(pool: Pool, condition = 'true', parameters: unknown[] = []): Promise<OutboxEvent[]> {
  const { rows } = await pool.query(`select * from bank.events where ${condition} order by id`, parameters);
  return rows;
}

/** The ids of the events that nobody has processed, oldest first. */
export async function unprocessed(pool: Pool): Promise<string[]> {
  return (await outboxEvents(pool, 'processed_at is null')).map(({ id }) => id);
}

/** Lets everything be processed that there is, as if the worker had, so that a test sees what comes after. */
export async function settle(pool: Pool): Promise<void> {
  await pool.query('update bank.events set processed_at = clock_timestamp() where processed_at is null');
}

/** Puts events into the outbox that happened so many minutes ago, each a second after the one before. @returns their ids, oldest first. */
export async function happened(pool: Pool, count: number, minutesAgo: number, data: object = {}): Promise<string[]> {
  const { rows } = await pool.query(
    `insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
     select bank.uuid_v7(), 'CustomerRegistered', 1, 'customer', gen_random_uuid(), $1, '{}', $2,
            clock_timestamp() - $3 * interval '1 minute' + place * interval '1 second'
       from generate_series(1, $4) place returning id, created_at`,
    [{ id: randomUUID(), roles: ['customer'] }, data, minutesAgo, count],
  );
  return rows.sort((one, other) => one.created_at - other.created_at).map(({ id }) => id);
}

/** Puts an event into the outbox that nobody can process: its actor is no user's id. */
export async function poison(pool: Pool): Promise<string> {
  const { rows } = await pool.query(
    `insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
     values (bank.uuid_v7(), 'CustomerRegistered', 1, 'customer', gen_random_uuid(), '{"id": "nobody", "roles": []}', '{}', '{}', clock_timestamp())
     returning id`,
  );
  return rows[0].id;
}
