import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Lets a frozen account move again. */
export const unfreezeAccount = handle(
  contract.unfreezeAccount,
  async ({ params, body, caller }, { powers }: AccountsCapability) => ({
    body: await powers.unfreezeAccount({ account_id: params.id, reason: body.reason, caller }),
  }),
);
