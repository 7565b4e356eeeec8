import type { Pool } from 'pg';

/** Switches on these fraud rules, and no others. */
export async function useFraudRules(pool: Pool, ...rules: string[]): Promise<void> {
  await pool.query('update bank.fraud_rules set enabled = rule = any($1)', [rules]);
}
