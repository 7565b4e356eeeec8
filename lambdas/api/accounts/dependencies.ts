import type { AccountPowers } from '../../adapters/account-powers.ts';
import type { Accounts } from '../../adapters/accounts.ts';

/** What the handlers of this capability need. */
export interface AccountsCapability {
  accounts: Accounts;
  powers: AccountPowers;
  /** How many accounts a customer may open itself. */
  customerAccountLimit: number;
  /** Whether accounts are opened for customers only whose identity has been verified. */
  accountsNeedVerifiedCustomer: boolean;
  /** Whether somebody else than who froze an account must let it go. */
  fourEyes: boolean;
}
