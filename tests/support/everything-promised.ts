import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { lapseHold } from './lapse-hold.ts';
import { dayFromNow, orderOf, runAll } from './standing-orders.ts';
import type { TestBank } from './test-bank.ts';

/** Everything that happens to holds and standing orders, once. */
export async function promiseEverything(bank: TestBank, customer: ActingCaller, description: string): Promise<void> {
  const [from, to] = [await bank.account(customer, '100'), await bank.account(customer)];
  await holdEverything(bank, { from, to, customer, description });
  await orderEverything(bank, { from, to, customer, description });
}

interface Promised {
  from: string;
  to: string;
  customer: ActingCaller;
  description: string;
}

async function holdEverything(bank: TestBank, { from, to, customer: caller, description }: Promised): Promise<void> {
  const place = async () => {
    const terms = { account_id: from, amount: '10', expires_at: undefined, description, caller, key: undefined };
    return (await bank.holds.placeHold(terms)).hold.id;
  };
  const part = { to_account_id: to, amount: '4', final: true, description: undefined, caller, key: undefined };
  await bank.holds.captureHold({ hold_id: await place(), ...part });
  await bank.holds.releaseHold(await place(), caller);
  await lapseHold(bank.database.pool, await place());
  await bank.holdExpiry.expireHolds(10);
}

async function orderEverything(bank: TestBank, { from, to, customer, description }: Promised): Promise<void> {
  const order = async (amount: string, count: number) => {
    const terms = { amount, count, description, start_date: dayFromNow(2) };
    return (await orderOf(bank, customer, { from, to }, terms)).id;
  };
  const id = await order('1', 5);
  await bank.orders.pauseOrder(id, customer);
  await bank.orders.resumeOrder(id, customer);
  await bank.orders.cancelOrder(id, customer);
  // One is paid and over, the other fails for want of money.
  await Promise.all([order('1', 1), order('5000', 5)]);
  await runAll(bank, dayFromNow(2));
}
