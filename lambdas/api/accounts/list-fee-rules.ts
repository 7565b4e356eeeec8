import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AccountTerms } from './dependencies.ts';

/** Reads what is charged for what. */
export const listFeeRules = handle(contract.listFeeRules, async ({ caller }, { fees }: AccountTerms) => ({
  body: { fee_rules: await fees.listRules(caller) },
}));
