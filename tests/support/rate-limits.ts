import type { Pool } from 'pg';

/** Limits that no test meets by accident. */
const generous = { transfers_per_minute: 10_000, requests_per_hour: 1_000_000 };

/** Gives a customer rate limits of its own, so that a test about something else may send as much as it likes. */
export async function giveLimits(pool: Pool, customerId: string, limits: Partial<typeof generous> = {}): Promise<void> {
  const { transfers_per_minute, requests_per_hour } = { ...generous, ...limits };
  await pool.query(
    `insert into bank.rate_limits (customer_id, transfers_per_minute, requests_per_hour) values ($1, $2, $3)
       on conflict (customer_id) do update
       set transfers_per_minute = excluded.transfers_per_minute, requests_per_hour = excluded.requests_per_hour`,
    [customerId, transfers_per_minute, requests_per_hour],
  );
}
