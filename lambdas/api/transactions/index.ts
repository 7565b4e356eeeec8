import { createTransactions } from '../../adapters/transactions.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOfEnvironment } from '../database.ts';
import { getTransaction } from './get-transaction.ts';
import { listTransactions } from './list-transactions.ts';

export const handler = serve([listTransactions, getTransaction], {
  transactions: createTransactions(databaseOfEnvironment()),
});
