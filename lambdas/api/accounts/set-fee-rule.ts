import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountTerms } from './dependencies.ts';

/** Sets what a fee costs, who is spared, and whether it is charged. */
export const setFeeRule = handle(
  accountsRoutes.setFeeRule,
  async ({ params, body, caller }, { fees }: AccountTerms) => ({
    body: await fees.setRule({ rule_id: params.id, ...body, caller }),
  }),
);
