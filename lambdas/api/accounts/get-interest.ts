import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { AccountTerms } from './dependencies.ts';

/** Reads an account's interest. */
export const getInterest = handle(contract.getInterest, async ({ params, caller }, { interest }: AccountTerms) => ({
  body: await interest.readInterest(params.id, caller),
}));
