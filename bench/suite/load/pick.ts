import { accountId, ownerOf } from '../ids.ts';
import type { Spread } from './messages.ts';

/** Two different accounts of the first so many, by number. */
export function pickTwo(accounts: number): [from: number, to: number] {
  const from = below(accounts);
  return [from, (from + 1 + below(accounts - 1)) % accounts];
}

/** The accounts of the next transfer, by number. The account that everybody pays lies in the middle of all. */
export function pickTransfer(accounts: number, spread: Spread): [from: number, to: number] {
  if (spread !== 'one') {
    return pickTwo(spread === 'ten' ? Math.min(10, accounts) : accounts);
  }
  const to = Math.floor(accounts / 2);
  return [(to + 1 + below(accounts - 1)) % accounts, to];
}

/** The caller who owns an account, as SQL functions take it. */
export function ownerJson(account: number): string {
  return JSON.stringify({
    id: ownerOf(account),
    roles: ['customer'],
    own_accounts_only: true,
    request_id: 'bench',
    ip: '198.51.100.7',
    user_agent: 'bench',
    session_id: 'bench',
  });
}

/** The id of any of the first so many accounts, and its owner as a caller. */
export function pickOwned(accounts: number): [id: string, owner: string] {
  const account = below(accounts);
  return [accountId(account), ownerJson(account)];
}

function below(limit: number): number {
  return Math.floor(Math.random() * limit);
}
