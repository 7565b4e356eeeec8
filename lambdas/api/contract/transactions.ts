import { route } from '../../runtime/route.ts';
import { idParam } from '../schemas/shared.ts';
import * as schemas from '../schemas/transactions.ts';

/** The routes of the capability `transactions`. */
export const transactionsRoutes = {
  listTransactions: route({
    method: 'GET',
    path: '/transactions',
    capability: 'transactions',
    summary: "List an account's transactions, or those of all the caller's accounts, newest first",
    roles: ['customer', 'teller', 'analyst', 'auditor', 'admin'],
    query: schemas.transactionsQuery,
    status: 200,
    reply: schemas.transactionsPage,
    refusals: ['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  getTransaction: route({
    method: 'GET',
    path: '/transactions/{id}',
    capability: 'transactions',
    summary: 'Read one transaction',
    roles: ['customer', 'teller', 'analyst', 'auditor', 'admin'],
    params: idParam,
    status: 200,
    reply: schemas.transaction,
    refusals: ['TRANSACTION_NOT_FOUND', 'FORBIDDEN'],
  }),
} as const;
