import { BankError } from '../../domain/errors.ts';
import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** Closes an account, and sweeps what it holds to another of the customer where one is named. */
export const closeAccount = handle(
  accountsRoutes.closeAccount,
  async ({ params, body, caller, key }, { powers }: AccountsCapability) => {
    const { reason, sweep_to_account_id } = body;
    if (sweep_to_account_id?.toLowerCase() === params.id.toLowerCase()) {
      throw new BankError('INVALID_REQUEST', {
        fields: [{ field: 'sweep_to_account_id', message: 'must be another account than the one to close' }],
      });
    }
    const request = { account_id: params.id, sweep_to_account_id, reason, caller, key };
    const { account, replayed } = await powers.closeAccount(request);
    return { body: account, replayed };
  },
);
