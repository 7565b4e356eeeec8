import { handle } from '../../runtime/http/handle.ts';
import { accountsRoutes } from '../contract/accounts.ts';
import type { AccountTerms } from './dependencies.ts';

/** Reads an account's interest. */
export const getInterest = handle(
  accountsRoutes.getInterest,
  async ({ params, caller }, { interest }: AccountTerms) => ({
    body: await interest.readInterest(params.id, caller),
  }),
);
