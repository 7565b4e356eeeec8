import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountTerms } from './dependencies.ts';

/** Reads what is charged for what. */
export const listFeeRules = handle(accountsRoutes.listFeeRules, async ({ caller }, { fees }: AccountTerms) => ({
  body: { fee_rules: await fees.listRules(caller) },
}));
