import type { Pool } from 'pg';

/** The pages that a statement reads, at the best of three: the first one also reads what PostgreSQL must know to plan it. */
export async function pagesRead(pool: Pool, sql: string, parameters: unknown[]): Promise<number> {
  const pages: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const { rows } = await pool.query(`explain (analyze, buffers, format json) ${sql}`, parameters);
    const { Plan: plan } = rows[0]['QUERY PLAN'][0];
    pages.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
  }
  return Math.min(...pages);
}
