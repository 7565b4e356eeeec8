import type { AccountPowers } from '../../adapters/account-powers.ts';
import type { Accounts } from '../../adapters/accounts.ts';
import type { Fees } from '../../adapters/fees.ts';
import type { Interest } from '../../adapters/interest.ts';

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

/** What those need that are about what an account yields and costs. */
export interface AccountTerms {
  interest: Interest;
  fees: Fees;
}
