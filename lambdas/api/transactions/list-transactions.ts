import type { Transactions } from '../../adapters/transactions.ts';
import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';

/** Lists an account's transactions, or those of all the caller's accounts. */
export const listTransactions = handle(
  contract.listTransactions,
  async ({ query, caller }, { transactions }: { transactions: Transactions }) => ({
    body: await transactions.listTransactions({
      account_id: query.account_id,
      limit: query.limit,
      cursor: query.cursor,
      caller,
    }),
  }),
);
