import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountTerms } from './dependencies.ts';

/** Lists an account's fees. */
export const listFees = handle(accountsRoutes.listFees, async ({ params, query, caller }, { fees }: AccountTerms) => ({
  body: await fees.listFees({ account_id: params.id, limit: query.limit, cursor: query.cursor, caller }),
}));
