import { BankError } from '../../domain/errors.ts';
import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountsCapability } from './dependencies.ts';

/** What only staff decide about an account. */
const staffFields = ['interest_rate', 'overdraft_limit'] as const;

/** Opens an account: a customer for itself on the bank's ordinary terms, staff for a customer on terms that they name. */
export const openAccount = handle(
  accountsRoutes.openAccount,
  async (
    { body, caller, key },
    { accounts, customerAccountLimit, accountsNeedVerifiedCustomer }: AccountsCapability,
  ) => {
    const self = caller.ownAccountsOnly;
    if (!self && body.customer_id === undefined) {
      throw new BankError('INVALID_REQUEST', {
        fields: [{ field: 'customer_id', message: 'is required: staff open accounts for customers' }],
      });
    }
    const forbidden = self ? staffFields.filter(field => body[field] !== undefined) : [];
    if (
      forbidden.length > 0 ||
      (self && body.account_type === 'CREDIT') ||
      (self && (body.customer_id ?? caller.id) !== caller.id)
    ) {
      throw new BankError('FORBIDDEN', {
        detail:
          'Customers open SAVINGS and CHECKING accounts for themselves; staff set the rate, the overdraft limit and open CREDIT accounts.',
        fields: forbidden.map(field => ({ field, message: 'is set by staff' })),
      });
    }
    const { account, replayed } = await accounts.openAccount({
      customer_id: body.customer_id ?? caller.id,
      account_type: body.account_type,
      currency: body.currency,
      interest_rate: body.interest_rate ?? '0',
      overdraft_limit: body.overdraft_limit ?? '0',
      accountLimit: self ? customerAccountLimit : null,
      verifiedOnly: accountsNeedVerifiedCustomer,
      caller,
      key,
    });
    return { body: account, replayed };
  },
);
