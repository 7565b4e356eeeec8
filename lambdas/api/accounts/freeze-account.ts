import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Stops all movement of an account. */
export const freezeAccount = handle(
  accountsRoutes.freezeAccount,
  async ({ params, body, caller }, { powers }: AccountsCapability) => ({
    body: await powers.freezeAccount({ account_id: params.id, reason: body.reason, caller }),
  }),
);
