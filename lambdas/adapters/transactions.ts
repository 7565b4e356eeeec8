import * as z from 'zod';
import { cutPage, decodeCursor } from '../domain/page.ts';
import { type Transaction, transaction } from '../domain/transaction.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface ListTransactions {
  /** One account; without it, all accounts of the caller's own. */
  account_id: string | undefined;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** Reading the journal. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Transactions {
  readTransaction(id: string, caller: ActingCaller): Promise<Transaction>;
  listTransactions(request: ListTransactions): Promise<{ transactions: Transaction[]; next_cursor: string | null }>;
}

const oneTransaction = answerOf({ transaction });
const manyTransactions = answerOf({ transactions: z.array(transaction) });

/** The journal in the database. */
export function createTransactions(database: Database): Transactions {
  return {
    async readTransaction(id, caller) {
      const sql = 'select bank.read_transaction(:id::uuid, :caller::jsonb)';
      return accept(
        await database.query({ sql, parameters: { id, caller: callerJson(caller) }, answer: oneTransaction }),
      ).transaction;
    },
    async listTransactions({ account_id, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('transactions', cursor);
      const sql =
        'select bank.list_transactions(:account_id::uuid, :before_created_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        account_id: account_id ?? null,
        before_created_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { rows, next_cursor } = cutPage(
        'transactions',
        accept(await database.query({ sql, parameters, answer: manyTransactions })).transactions,
        limit,
      );
      return { transactions: rows, next_cursor };
    },
  };
}
