import type { Pool } from 'pg';

/** Switches on these fraud rules, and no others. */
export async function useFraudRules(pool: Pool, ...rules: string[]): Promise<void> {
  await pool.query('update bank.fraud_rules set enabled = rule = any($1)', [rules]);
}

/** Makes the gate give every transfer of an account on which money has moved this score: the velocity rule that counts nothing. */
export async function scoreEverything(pool: Pool, points: number): Promise<void> {
  await useFraudRules(pool, 'VELOCITY');
  await pool.query(
    `update bank.fraud_rules set parameters = parameters || jsonb_build_object('some', 0, 'some_score', $1::integer) where rule = 'VELOCITY'`,
    [points],
  );
}
