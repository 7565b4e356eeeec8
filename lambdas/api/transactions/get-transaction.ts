import type { Transactions } from '../../adapters/transactions.ts';
import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';

/** Reads one transaction. */
export const getTransaction = handle(
  contract.getTransaction,
  async ({ params, caller }, { transactions }: { transactions: Transactions }) => ({
    body: await transactions.readTransaction(params.id, caller),
  }),
);
