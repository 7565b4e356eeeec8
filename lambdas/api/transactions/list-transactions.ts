import type { Transactions } from '../../adapters/transactions.ts';
import { handle } from '../../runtime/http/handle.ts';
import { transactionsRoutes } from '../contract/transactions.ts';

/** Lists an account's transactions, or those of all the caller's accounts. */
export const listTransactions = handle(
  transactionsRoutes.listTransactions,
  async ({ query, caller }, { transactions }: { transactions: Transactions }) => ({
    body: await transactions.listTransactions({
      account_id: query.account_id,
      limit: query.limit,
      cursor: query.cursor,
      caller,
    }),
  }),
);
