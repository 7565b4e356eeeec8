import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** Charges an account an overdraft fee of 1.00, as if it had gone below zero on a day. @returns the fee's id. */
export async function seedFee(pool: Pool, account: string, day = '2026-01-01'): Promise<string> {
  const transaction = randomUUID();
  const { rows } = await pool.query(
    `select bank.post_fee($1, $2, 1.00, 'Overdraft fee', $3, bank.system_caller()) as answer`,
    [transaction, account, `fee-${transaction}`],
  );
  if (rows[0].answer.refusal) {
    throw new Error(`The fee was not charged: ${JSON.stringify(rows[0].answer)}`);
  }
  const insert = `insert into bank.fees (id, account_id, fee_type, day, amount, currency, transaction_id, created_at)
    values ($1, $2, 'OVERDRAFT', $3, 1.00, 'USD', $4, clock_timestamp())`;
  const id = randomUUID();
  await pool.query(insert, [id, account, day, transaction]);
  return id;
}
