import * as z from 'zod';
import { createAccounts } from '../../adapters/accounts.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOfEnvironment } from '../database.ts';
import { getAccount } from './get-account.ts';
import { getBalance } from './get-balance.ts';
import { listAccounts } from './list-accounts.ts';
import { openAccount } from './open-account.ts';

const { CUSTOMER_RULES, CUSTOMER_ACCOUNT_LIMIT } = readEnvironment({
  ...stageRulesVariable,
  CUSTOMER_ACCOUNT_LIMIT: z.coerce.number().int().min(0),
});

export const handler = serve(
  [listAccounts, openAccount, getAccount, getBalance],
  { accounts: createAccounts(databaseOfEnvironment()), customerAccountLimit: CUSTOMER_ACCOUNT_LIMIT },
  CUSTOMER_RULES,
);
