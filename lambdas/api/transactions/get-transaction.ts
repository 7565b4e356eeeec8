import type { Transactions } from '../../adapters/transactions.ts';
import { handle } from '../../runtime/http/handle.ts';
import { transactionsRoutes } from '../contract/transactions.ts';

/** Reads one transaction. */
export const getTransaction = handle(
  transactionsRoutes.getTransaction,
  async ({ params, caller }, { transactions }: { transactions: Transactions }) => ({
    body: await transactions.readTransaction(params.id, caller),
  }),
);
