import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Reads an account's balances. */
export const getBalance = handle(contract.getBalance, async ({ params, caller }, { accounts }: AccountsCapability) => {
  const account = await accounts.readAccount(params.id, caller);
  return { body: { ...account, account_id: account.id } };
});
