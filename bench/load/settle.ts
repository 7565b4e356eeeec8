import { randomUUID } from 'node:crypto';
import { contract } from '../../lambdas/api/contract.ts';
import { amountOf, centsOf } from './books.ts';
import type { Customer } from './customer.ts';
import { inParallel } from './in-parallel.ts';
import type { Staff } from './staff.ts';

const atOnce = 16;

/** Reads every account of the customers through the API: account → cents. */
export async function readBalances(
  staff: Staff,
  customers: readonly Pick<Customer, 'id'>[],
): Promise<Map<string, bigint>> {
  const balances = new Map<string, bigint>();
  await inParallel(customers, atOnce, async ({ id }) => {
    for (let cursor: unknown = ''; cursor !== null; ) {
      const query = `?customer_id=${id}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await staff.must({ method: 'GET', path: `${contract.listAccounts.path}${query}` });
      for (const { id: account, balance } of page.accounts as { id: string; balance: string }[]) {
        balances.set(account, centsOf(balance));
      }
      cursor = page.next_cursor;
    }
  });
  return balances;
}

/** Pays out what the customers hold, closes their accounts, and gives them the limits that everybody has. */
export async function closeAll(staff: Staff, customers: readonly Customer[]): Promise<void> {
  await inParallel(customers, atOnce, async customer => {
    const balances = await readBalances(staff, [customer]);
    for (const account of balances.keys()) {
      if (account !== customer.sink) await close(staff, account, { sweep_to_account_id: customer.sink });
    }
    const left = (await readBalances(staff, [customer])).get(customer.sink) ?? 0n;
    if (left > 0n) {
      const { method, path } = contract.postWithdrawal;
      const body = { account_id: customer.sink, amount: amountOf(left) };
      await staff.must({ method, path, key: randomUUID(), body });
    }
    await close(staff, customer.sink, {});
    const body = { transfers_per_minute: 10, requests_per_hour: 1000, reason: 'Load test is over' };
    await staff.must({ method: 'PUT', path: `/customers/${customer.id}/limits`, body });
    await customer.user.remove();
  });
}

async function close(staff: Staff, account: string, sweep: object): Promise<void> {
  const body = { reason: 'Load test is over', ...sweep };
  await staff.must({ method: 'POST', path: `/accounts/${account}/close`, key: randomUUID(), body });
}
