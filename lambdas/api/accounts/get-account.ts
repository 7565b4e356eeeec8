import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Reads one account. */
export const getAccount = handle(contract.getAccount, async ({ params, caller }, { accounts }: AccountsCapability) => ({
  body: await accounts.readAccount(params.id, caller),
}));
