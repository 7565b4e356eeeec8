import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Changes an account's overdraft limit or interest rate. */
export const updateAccount = handle(
  accountsRoutes.updateAccount,
  async ({ params, body, version, caller }, { powers }: AccountsCapability) => ({
    body: await powers.updateAccount({
      account_id: params.id,
      overdraft_limit: body.overdraft_limit,
      interest_rate: body.interest_rate,
      interest_rate_from: body.interest_rate_from,
      version,
      caller,
    }),
  }),
);
