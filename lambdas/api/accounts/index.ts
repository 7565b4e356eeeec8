import * as z from 'zod';
import { createAccountPowers } from '../../adapters/account-powers.ts';
import { createAccounts } from '../../adapters/accounts.ts';
import { createFees } from '../../adapters/fees.ts';
import { createInterest } from '../../adapters/interest.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { fourEyesVariable, stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOf } from '../database.ts';
import { closeAccount } from './close-account.ts';
import type { AccountsCapability, AccountTerms } from './dependencies.ts';
import { freezeAccount } from './freeze-account.ts';
import { getAccount } from './get-account.ts';
import { getBalance } from './get-balance.ts';
import { getInterest } from './get-interest.ts';
import { listAccounts } from './list-accounts.ts';
import { listFeeRules } from './list-fee-rules.ts';
import { listFees } from './list-fees.ts';
import { openAccount } from './open-account.ts';
import { setFeeRule } from './set-fee-rule.ts';
import { unfreezeAccount } from './unfreeze-account.ts';
import { updateAccount } from './update-account.ts';

const environment = readEnvironment({
  ...databaseVariables,
  ...stageRulesVariable,
  ...fourEyesVariable,
  CUSTOMER_ACCOUNT_LIMIT: z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number),
  ACCOUNTS_NEED_VERIFIED_CUSTOMER: z.stringbool(),
});
const database = databaseOf(environment);

export const handler = serve<AccountsCapability & AccountTerms>(
  [
    listAccounts,
    openAccount,
    getAccount,
    getBalance,
    getInterest,
    listFees,
    listFeeRules,
    setFeeRule,
    updateAccount,
    freezeAccount,
    unfreezeAccount,
    closeAccount,
  ],
  {
    accounts: createAccounts(database),
    powers: createAccountPowers(database),
    interest: createInterest(database),
    fees: createFees(database),
    customerAccountLimit: environment.CUSTOMER_ACCOUNT_LIMIT,
    accountsNeedVerifiedCustomer: environment.ACCOUNTS_NEED_VERIFIED_CUSTOMER,
    fourEyes: environment.FOUR_EYES,
  },
  environment.CUSTOMER_RULES,
);
