import { randomUUID } from 'node:crypto';
import { contract } from '../../lambdas/api/contract.ts';
import { amountOf, Books } from '../load/books.ts';
import { makeCustomer } from '../load/customer.ts';
import type { Sender } from '../load/sender.ts';
import { readBalances } from '../load/settle.ts';
import { type Staff, staffOf } from '../load/staff.ts';
import { emptyTally } from '../load/tally.ts';
import type { User } from '../load/users.ts';
import { openingDescription } from './check-database.ts';
import type { History } from './history.ts';
import type { World } from './world.ts';

/** Somebody whose access token is got anew before it ends. */
export interface Signed {
  token(): Promise<string>;
}

/** Who moves money, and where it is. */
export interface People {
  /** Its accounts only pay each other: what they hold together never changes. */
  payer: Signed & { id: string; accounts: string[] };
  /** Money comes in and goes out of its accounts. */
  saver: Signed & { accounts: string[] };
  teller: Signed;
  /** A member of staff who is admin, teller and auditor at once, with a token that is good now. */
  staff(): Promise<Staff>;
}

const accountsOfPayer = 8;
const accountsOfSaver = 4;
const openingCents = 100_000n;

/** A token lives for a quarter of an hour. */
const renewAfterMs = 10 * 60_000;

/** Makes two customers and a member of staff, and accounts with money in them; tells the history what they begin with. */
export async function makePeople(world: World, sender: Sender, seed: number, history: History): Promise<People> {
  const user = await world.addUser('admin', 'teller', 'auditor');
  const teller = signed(user);
  const books = new Books();
  const staff = async () => staffOf(sender, await teller.token(), books, emptyTally());
  const [payer, saver] = [await addCustomer(world, await staff()), await addCustomer(world, await staff())];
  for (const [owner, count] of [
    [payer, accountsOfPayer],
    [saver, accountsOfSaver],
  ] as const) {
    for (let number = 1; number <= count; number += 1) owner.accounts.push(await openAccount(await staff(), owner.id));
  }
  const balances = await readBalances(await staff(), [payer, saver]);
  history.add({
    kind: 'start',
    seed,
    closed: payer.accounts,
    total: String(BigInt(payer.accounts.length) * openingCents),
    balances: Object.fromEntries([...balances].map(([account, cents]) => [account, String(cents)])),
  });
  return { payer, saver, teller, staff };
}

async function addCustomer(world: World, staff: Staff) {
  const user = await world.addUser('customer');
  const { id } = await makeCustomer(staff, user);
  const accounts: string[] = [];
  return { id, ...signed(user), accounts };
}

async function openAccount(staff: Staff, customer_id: string): Promise<string> {
  const open = contract.openAccount;
  const terms = { customer_id, account_type: 'CHECKING', interest_rate: '0' };
  const { id } = await staff.must({ method: open.method, path: open.path, key: randomUUID(), body: terms });
  const { method, path } = contract.postDeposit;
  const body = { account_id: id, amount: amountOf(openingCents), description: openingDescription };
  await staff.must({ method, path, key: randomUUID(), body });
  return String(id);
}

function signed(user: User): Signed {
  let token: Promise<string> | undefined;
  let since = 0;
  return {
    token() {
      if (!token || performance.now() - since > renewAfterMs) {
        since = performance.now();
        token = user.signIn();
      }
      return token;
    },
  };
}
