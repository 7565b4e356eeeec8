import { createTransactions } from '../../adapters/transactions.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { getTransaction } from './get-transaction.ts';
import { listTransactions } from './list-transactions.ts';

export const handler = serve([listTransactions, getTransaction], {
  transactions: createTransactions(databaseOf(readEnvironment(databaseVariables))),
});
