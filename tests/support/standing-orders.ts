import type { Pool } from 'pg';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { CreateStandingOrder } from '../../lambdas/adapters/standing-orders.ts';
import type { StandingOrder } from '../../lambdas/domain/standing-order.ts';
import type { TestBank } from './test-bank.ts';

/** The day that so many days from now are at the bank, which is in UTC in tests. */
export function dayFromNow(days: number): string {
  return dayAfter(new Date().toISOString().slice(0, 10), days);
}

/** The day so many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A time zone in which it is this hour now, whatever the clock says here. */
export function zoneAt(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** Moves the bank into a time zone. */
export async function moveBank(pool: Pool, timeZone: string): Promise<void> {
  await pool.query('update bank.fraud_settings set time_zone = $1', [timeZone]);
}

/** The next last of January: a monthly order that begins then has a short month before it. */
export function nextLastOfJanuary(): string {
  const year = new Date().getUTCFullYear();
  const thisYear = `${year}-01-31`;
  return thisYear >= dayFromNow(0) ? thisYear : `${year + 1}-01-31`;
}

/** Makes a standing order of 10.00 a month between two accounts, with the changes given. */
export async function orderOf(
  bank: TestBank,
  owner: ActingCaller,
  accounts: { from: string; to: string },
  terms: Partial<CreateStandingOrder> = {},
): Promise<StandingOrder> {
  const { standing_order } = await bank.orders.createOrder({
    from_account_id: accounts.from,
    to_account_id: accounts.to,
    amount: '10',
    description: undefined,
    frequency: 'MONTHLY',
    start_date: dayFromNow(0),
    end_date: undefined,
    count: undefined,
    caller: owner,
    key: undefined,
    ...terms,
  });
  return standing_order;
}

/** Makes an order as old as if it had begun on a day of the past and nobody had run it since. */
export async function backdate({ database }: TestBank, id: string, start: string): Promise<void> {
  await database.pool.query(
    'update bank.standing_orders set start_date = $2::date, due_date = $2::date, attempt_on = $2::date where id = $1',
    [id, start],
  );
}

/** Runs what is due by a day, until nothing is. @returns what became of each due date, in the order in which they were tried. */
export async function runAll({ orderRuns }: TestBank, day: string) {
  const ran: { order_id: string; due_date: string; status: string; failure_code: string | null }[] = [];
  for (let next = await orderRuns.runNext(day); next !== null; next = await orderRuns.runNext(day)) {
    ran.push(next);
  }
  return ran;
}
