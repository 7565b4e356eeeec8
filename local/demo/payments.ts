import type { DemoAccount } from './fill.ts';

/** A payment of the demo customers' past: so many days ago, at a time of the bank's clock. Without a source it is paid in. */
export interface Payment {
  days_ago: number;
  clock: string;
  source: string | null;
  destination: string;
  amount: string;
  description: string;
}

/** What each demo customer's accounts begin with, and end their past with: all that it holds comes back to its giver. */
const openingBalances = { CHECKING: '2500.00', SAVINGS: '10000.00' } as const;
type AccountType = keyof typeof openingBalances;

interface Habit {
  days_ago: number;
  clock: string;
  from: AccountType;
  /** The friend's account of the same type, or the customer's own of the other. */
  to: 'friend' | 'own';
  amount: string;
  description: string;
}

/** What both do alike. Three payments at least leave each account by night: fewer would be unusual. */
const habits: readonly Habit[] = [
  { days_ago: 41, clock: '10:05', from: 'CHECKING', to: 'friend', amount: '640.00', description: 'Flights' },
  { days_ago: 33, clock: '08:30', from: 'CHECKING', to: 'friend', amount: '910.00', description: 'Share of the rent' },
  { days_ago: 26, clock: '09:00', from: 'CHECKING', to: 'own', amount: '400.00', description: 'Savings plan' },
  { days_ago: 7, clock: '02:40', from: 'CHECKING', to: 'friend', amount: '18.50', description: 'Taxi' },
  { days_ago: 6, clock: '02:20', from: 'SAVINGS', to: 'own', amount: '120.00', description: 'From savings' },
  { days_ago: 5, clock: '03:15', from: 'CHECKING', to: 'friend', amount: '24.00', description: 'Night bus' },
  { days_ago: 4, clock: '03:30', from: 'SAVINGS', to: 'own', amount: '80.00', description: 'From savings' },
  { days_ago: 3, clock: '04:20', from: 'CHECKING', to: 'friend', amount: '32.80', description: 'Late dinner' },
  { days_ago: 2, clock: '04:45', from: 'SAVINGS', to: 'own', amount: '200.00', description: 'From savings' },
];

/** The past of two customers who each have a CHECKING and a SAVINGS account. */
export function paymentsOf(accounts: readonly DemoAccount[]): Payment[] {
  const opened = accounts.map(account => ({
    days_ago: 60,
    clock: '09:00',
    source: null,
    destination: account.id,
    amount: openingBalances[account.account_type],
    description: 'Opening deposit',
  }));
  const paid = [...new Set(accounts.map(account => account.owner))].flatMap(owner =>
    habits.map(({ from, to, ...habit }) => ({
      ...habit,
      source: accountOf(accounts, from, account => account.owner === owner).id,
      destination:
        to === 'friend'
          ? accountOf(accounts, from, account => account.owner !== owner).id
          : accountOf(accounts, from === 'CHECKING' ? 'SAVINGS' : 'CHECKING', account => account.owner === owner).id,
    })),
  );
  return [...opened, ...paid];
}

function accountOf(
  accounts: readonly DemoAccount[],
  type: AccountType,
  matches: (account: DemoAccount) => boolean,
): DemoAccount {
  const found = accounts.find(account => account.account_type === type && matches(account));
  if (!found) {
    throw new Error(`The demo has no such ${type} account`);
  }
  return found;
}
