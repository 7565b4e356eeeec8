import type { TestDatabase } from './postgres.ts';

/** What the bank has written down: the number of rows of each table that commands write, and every account, hold and standing order as it is. */
export async function footprint(database: TestDatabase): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query(`
    select (select count(*)::integer from bank.customers) as customers,
           (select count(*)::integer from bank.transactions) as transactions,
           (select count(*)::integer from bank.postings) as postings,
           (select count(*)::integer from bank.events) as events,
           (select count(*)::integer from bank.idempotency_keys) as idempotency_keys,
           (select array_agg(hold::text order by id) from bank.holds hold) as holds,
           (select array_agg(item::text order by id) from bank.standing_orders item) as standing_orders,
           (select array_agg(account::text order by id) from bank.accounts account) as accounts`);
  return rows[0];
}

/** Money that moved: the completed transactions, their postings, and the balances. */
export async function moneyMoved(database: TestDatabase): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query(`
    select (select count(*)::integer from bank.transactions where status = 'COMPLETED') as completed,
           (select count(*)::integer from bank.postings) as postings,
           (select array_agg(account::text order by id) from bank.accounts account) as accounts`);
  return rows[0];
}
