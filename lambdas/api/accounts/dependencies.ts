import type { Accounts } from '../../adapters/accounts.ts';

/** What the handlers of this capability need. */
export interface AccountsCapability {
  accounts: Accounts;
  /** How many accounts a customer may open itself. */
  customerAccountLimit: number;
}
