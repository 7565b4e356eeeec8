import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Reads one account. */
export const getAccount = handle(
  accountsRoutes.getAccount,
  async ({ params, caller }, { accounts }: AccountsCapability) => ({
    body: await accounts.readAccount(params.id, caller),
  }),
);
