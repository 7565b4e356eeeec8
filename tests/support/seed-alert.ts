import type { Pool } from 'pg';

/** Raises a fraud alert about a transaction of an account, as if a rule had wanted it looked at. @returns its id. */
export async function seedAlert(
  pool: Pool,
  { account, transaction }: { account: string; transaction: string },
): Promise<string> {
  const verdict = { score: 60, outcome: 'FLAG_FOR_REVIEW', rules: [{ rule: 'VELOCITY', score: 60 }] };
  await pool.query('select bank.raise_alert($1, $2, $3, bank.system_caller())', [
    transaction,
    account,
    JSON.stringify(verdict),
  ]);
  const { rows } = await pool.query('select id from bank.fraud_alerts where transaction_id = $1', [transaction]);
  return rows[0].id;
}
