import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Lets a frozen account move again: where the stage wants four eyes, not by who froze it. */
export const unfreezeAccount = handle(
  accountsRoutes.unfreezeAccount,
  async ({ params, body, caller }, { powers, fourEyes }: AccountsCapability) => ({
    body: await powers.unfreezeAccount({ account_id: params.id, reason: body.reason, fourEyes, caller }),
  }),
);
