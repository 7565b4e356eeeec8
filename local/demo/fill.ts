import { apiClient } from './api-client.ts';
import { writeDemoHistory } from './history.ts';
import { accessToken, ensureUser, type Identity } from './identity.ts';
import { registerDemoCustomer } from './register-customer.ts';
import { demoCustomers, demoUsers } from './users.ts';

/** An account of a demo customer. */
export interface DemoAccount {
  id: string;
  account_type: 'CHECKING' | 'SAVINGS';
  /** The customer's name. */
  owner: string;
}

export interface DemoBank {
  apiUrl: string;
  /** The bank's database, as a superuser: its past can't be written through its API. */
  databaseUrl: string;
  identity: Identity;
  progress(line: string): void;
}

/** The demo customers' accounts, for the curl line of the first screen. */
export interface DemoAccounts {
  alice: DemoAccount[];
  bob: DemoAccount[];
}

/** The accounts of each demo customer, and their yearly interest. */
const demoRates = [
  ['CHECKING', '0'],
  ['SAVINGS', '0.04'],
] as const;

/**
 * Fills a bank with the demo users and their accounts through its own API, and with the accounts' past. Every step may be repeated: one
 * that a kill cut off is carried on at the next start, and a bank that is filled is only read.
 */
export async function fillDemo({ apiUrl, databaseUrl, identity, progress }: DemoBank): Promise<DemoAccounts> {
  await Promise.all(demoUsers.map(user => ensureUser(identity, user.name, [user.role])));
  const teller = apiClient(apiUrl, await accessToken(identity, 'teller'));
  const accounts: DemoAccount[] = [];
  for (const { name, ...customer } of demoCustomers) {
    progress(`looking after ${name}'s accounts`);
    const self = apiClient(apiUrl, await accessToken(identity, name));
    const { id } = await registerDemoCustomer({ name, ...customer }, self, teller);
    for (const [account_type, interest_rate] of demoRates) {
      const key = `demo-open-${name}-${account_type}-${interest_rate}`;
      const terms = { customer_id: id, account_type, interest_rate };
      const account = await teller<{ id: string }>('POST', '/accounts', terms, key);
      accounts.push({ id: account.id, account_type, owner: name });
    }
  }
  await writeDemoHistory(databaseUrl, accounts);
  const of = (name: string) => accounts.filter(account => account.owner === name);
  return { alice: of('alice'), bob: of('bob') };
}
