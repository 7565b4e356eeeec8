import { Client } from 'pg';
import { accessToken, ensureUser, type Identity } from './identity.ts';
import { type DemoUser, demoUsers, emailOf } from './users.ts';

interface Account {
  id: string;
  account_type: string;
  currency: string;
}

/** What each demo customer has at first, by account type. */
const openingBalances = { CHECKING: '2500.00', SAVINGS: '10000.00' } as const;

export interface DemoBank {
  apiUrl: string;
  databaseUrl: string;
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
export async function fillDemo(bank: DemoBank): Promise<DemoAccounts> {
  const subs = new Map<string, string>();
  await Promise.all(
    demoUsers.map(async user => subs.set(user.name, await ensureUser(bank.identity, user.name, [user.role]))),
  );
  const customers = demoUsers.filter(user => user.role === 'customer');
  await registerCustomers(bank.databaseUrl, customers, subs);

  const teller = await accessToken(bank.identity, 'teller');
  const call = <Body>(method: string, path: string, body?: object, key?: string) =>
    callApi<Body>(bank.apiUrl, teller, method, path, body, key);
  const accountsOf = async (name: string) => {
    const { accounts } = await call<{ accounts: Account[] }>('GET', `/accounts?customer_id=${subs.get(name)}`);
    return accounts;
  };
  for (const { name } of customers) {
    if ((await accountsOf(name)).length === 0) {
      bank.progress(`opening ${name}'s accounts`);
    }
    for (const [account_type, amount] of Object.entries(openingBalances)) {
      const account = await call<Account>(
        'POST',
        '/accounts',
        { customer_id: subs.get(name), account_type },
        `demo-open-${name}-${account_type}`,
      );
      await call(
        'POST',
        '/deposit',
        { account_id: account.id, amount, description: 'Opening deposit' },
        `demo-deposit-${name}-${account_type}`,
      );
    }
  }
  return { alice: await accountsOf('alice'), bob: await accountsOf('bob') };
}

async function registerCustomers(databaseUrl: string, customers: DemoUser[], subs: Map<string, string>): Promise<void> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    for (const user of customers) {
      const sub = subs.get(user.name);
      await database.query('select bank.register_customer($1, $2, $3, $4, null, null, null, $5)', [
        sub,
        user.firstName,
        user.lastName,
        emailOf(user.name),
        JSON.stringify({ id: sub, roles: ['customer'] }),
      ]);
    }
  } finally {
    await database.end();
  }
}

async function callApi<Body>(
  apiUrl: string,
  token: string,
  method: string,
  path: string,
  body?: object,
  key?: string,
): Promise<Body> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Body;
}
