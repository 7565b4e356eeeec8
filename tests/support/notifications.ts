import type { Pool } from 'pg';

/** Makes the notifications of the events that were not processed yet, as the worker does. Answers how many were made. */
export async function notifyOfEvents(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    `select coalesce(sum(bank.create_notifications(entry)), 0)::integer as made from bank.events entry where processed_at is null`,
  );
  await pool.query('update bank.events set processed_at = clock_timestamp() where processed_at is null');
  return rows[0].made;
}

/** What a customer is to be told, in the order in which it happened. */
export async function notificationsOf(
  pool: Pool,
  customerId: string,
): Promise<{ kind: string; facts: Record<string, unknown> }[]> {
  const { rows } = await pool.query(
    `select notice.kind, notice.facts from bank.notifications notice join bank.events event on event.id = notice.event_id
      where notice.customer_id = $1 order by event.created_at`,
    [customerId],
  );
  return rows;
}
