import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Lists the caller's accounts, or those of the customer that a member of staff names. */
export const listAccounts = handle(
  accountsRoutes.listAccounts,
  async ({ query, caller }, { accounts }: AccountsCapability) => ({
    body: await accounts.listAccounts({
      customer_id: query.customer_id ?? caller.id,
      limit: query.limit,
      cursor: query.cursor,
      caller,
    }),
  }),
);
