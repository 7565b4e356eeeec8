import type { Person, TestSystem } from './system.ts';

/** A hold that is open and a standing order that is active, on an account of a customer's that nothing else happens to. */
export async function promisesOf(
  bank: TestSystem,
  customer: Person,
  payee: string,
): Promise<{ hold: string; order: string }> {
  const account = await bank.account(customer, '10');
  const hold = await bank.call(customer, 'POST', '/holds', { account_id: account, amount: '5' });
  const order = await bank.call(customer, 'POST', '/standing-orders', {
    from_account_id: account,
    to_account_id: payee,
    amount: '1',
    frequency: 'MONTHLY',
    start_date: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
  });
  if (hold.status !== 201 || order.status !== 201) {
    throw new Error(`Nothing was promised: ${JSON.stringify([hold.body, order.body])}`);
  }
  return { hold: String(hold.body.id), order: String(order.body.id) };
}
