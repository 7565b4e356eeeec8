import { apiClient } from './api-client.ts';
import { accessToken, ensureUser, type Identity } from './identity.ts';
import { registerDemoCustomer } from './register-customer.ts';
import { demoCustomers, demoUsers } from './users.ts';

interface Account {
  id: string;
  account_type: string;
  currency: string;
}

/** What each demo customer has at first, by account type. */
const openingBalances = { CHECKING: '2500.00', SAVINGS: '10000.00' } as const;

export interface DemoBank {
  apiUrl: string;
  identity: Identity;
  progress(line: string): void;
}

/** The demo customers' accounts, for the curl line of the first screen. */
export interface DemoAccounts {
  alice: Account[];
  bob: Account[];
}

/**
 * Fills a bank with the demo users, their accounts and money, through its own API. Every step may be repeated: one that a
 * kill cut off is carried on at the next start, and a bank that is filled is only read.
 */
export async function fillDemo({ apiUrl, identity, progress }: DemoBank): Promise<DemoAccounts> {
  await Promise.all(demoUsers.map(user => ensureUser(identity, user.name, [user.role])));
  const teller = apiClient(apiUrl, await accessToken(identity, 'teller'));
  const accounts = new Map<string, Account[]>();
  for (const customer of demoCustomers) {
    const self = apiClient(apiUrl, await accessToken(identity, customer.name));
    const { id } = await registerDemoCustomer(customer, self, teller);
    const list = async () => {
      const page = await teller<{ accounts: Account[] }>('GET', `/accounts?customer_id=${id}`);
      return page.accounts;
    };
    if ((await list()).length === 0) {
      progress(`opening ${customer.name}'s accounts`);
    }
    for (const [account_type, amount] of Object.entries(openingBalances)) {
      const step = `${customer.name}-${account_type}`;
      const account = await teller<Account>(
        'POST',
        '/accounts',
        { customer_id: id, account_type },
        `demo-open-${step}`,
      );
      const deposit = { account_id: account.id, amount, description: 'Opening deposit' };
      await teller('POST', '/deposit', deposit, `demo-deposit-${step}`);
    }
    accounts.set(customer.name, await list());
  }
  return { alice: accounts.get('alice') ?? [], bob: accounts.get('bob') ?? [] };
}
