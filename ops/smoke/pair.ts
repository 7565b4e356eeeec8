import type { Client } from '../../client/types.ts';
import { must } from './check.ts';

type Account = Awaited<ReturnType<Client['listAccounts']>>['data']['accounts'][number];

/** Two accounts of one customer, the first with money on it. */
export interface Pair {
  from: Account;
  to: Account;
}

/**
 * How many movements an account may have had within the hour: two come on top, and as the fraud rules are set at first they
 * stop the source of more than ten.
 */
const movementsBefore = 8;
const hour = 3_600_000;

/**
 * Finds two accounts that a cent can go back and forth between.
 *
 * @throws Error that says what the customer must have, or that it must wait.
 */
export async function pairOf(bank: Client): Promise<Pair> {
  const { data } = await bank.listAccounts({ query: { limit: 100 } });
  // A currency without cents is one in whose amounts there are none.
  const usable = data.accounts.filter(({ status, balance }) => status === 'ACTIVE' && /\.\d\d/.test(balance));
  const pairs = usable.flatMap(from =>
    usable.filter(to => to.id !== from.id && to.currency === from.currency).map(to => ({ from, to })),
  );
  const pair = pairs.find(({ from }) => /^\d*[1-9]|^\d+\.\d*[1-9]/.test(from.balance));
  must(
    pair !== undefined,
    'the customer needs two ACTIVE accounts of one currency that has cents, and a cent on one of them',
  );
  const moved = Math.max(...(await Promise.all([pair.from, pair.to].map(({ id }) => movementsOf(bank, id)))));
  must(
    moved <= movementsBefore,
    `money moved ${moved} times within the hour on one of them, and the fraud rules would stop it: wait, or take another customer`,
  );
  return pair;
}

async function movementsOf(bank: Client, accountId: string): Promise<number> {
  const { data } = await bank.listTransactions({ query: { account_id: accountId, limit: 50 } });
  return data.transactions.filter(
    ({ status, created_at }) => status === 'COMPLETED' && Date.parse(created_at) > Date.now() - hour,
  ).length;
}
