import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Reads an account's balances, or what its balance was at a moment of the past. */
export const getBalance = handle(
  accountsRoutes.getBalance,
  async ({ params, query, caller }, { accounts }: AccountsCapability) => {
    if (query.at !== undefined) {
      const past = await accounts.readBalanceAt({ account_id: params.id, at: query.at, caller });
      return { body: { ...past, held: null, available_balance: null } };
    }
    const account = await accounts.readAccount(params.id, caller);
    return { body: { ...account, account_id: account.id } };
  },
);
