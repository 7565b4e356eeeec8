import type { Pool } from 'pg';

/** Makes a hold as old as it takes to have expired a moment ago. Whether it has been ended is another matter. */
export async function lapseHold(pool: Pool, id: string): Promise<void> {
  await pool.query(
    `update bank.holds set expires_at = at.ago, created_at = at.ago - (expires_at - created_at)
       from (select clock_timestamp() - interval '1 millisecond' as ago) at where id = $1`,
    [id],
  );
}
