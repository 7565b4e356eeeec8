import * as z from 'zod';
import { createAccounts } from '../../adapters/accounts.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOf } from '../database.ts';
import { getAccount } from './get-account.ts';
import { getBalance } from './get-balance.ts';
import { listAccounts } from './list-accounts.ts';
import { openAccount } from './open-account.ts';

const environment = readEnvironment({
  ...databaseVariables,
  ...stageRulesVariable,
  CUSTOMER_ACCOUNT_LIMIT: z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number),
});

export const handler = serve(
  [listAccounts, openAccount, getAccount, getBalance],
  { accounts: createAccounts(databaseOf(environment)), customerAccountLimit: environment.CUSTOMER_ACCOUNT_LIMIT },
  environment.CUSTOMER_RULES,
);
