import { route } from '../../runtime/route.ts';
import * as schemas from '../schemas.ts';
import { keyed } from './keyed.ts';

const moving = [
  'ACCOUNT_NOT_FOUND',
  'NOT_YOUR_ACCOUNT',
  'ACCOUNT_NOT_ACTIVE',
  'AMOUNT_NOT_REPRESENTABLE',
  'BALANCE_OUT_OF_RANGE',
] as const;

/** The routes of the capability `payments`. */
export const paymentsRoutes = {
  postTransfer: route({
    method: 'POST',
    path: '/transfer',
    capability: 'payments',
    summary: 'Move money between two accounts of the same currency',
    roles: ['customer', 'teller'],
    idempotent: true,
    body: schemas.transferRequest,
    status: 200,
    reply: schemas.receipt,
    refusals: [...moving, 'INSUFFICIENT_FUNDS', 'CURRENCY_MISMATCH', 'FRAUD_BLOCKED', ...keyed],
  }),
  postDeposit: route({
    method: 'POST',
    path: '/deposit',
    capability: 'payments',
    summary: 'Pay cash into an account',
    roles: ['customer', 'teller'],
    customersOnlyWhere: 'customer_deposits',
    idempotent: true,
    body: schemas.cashRequest,
    status: 200,
    reply: schemas.receipt,
    refusals: [...moving, ...keyed],
  }),
  postWithdrawal: route({
    method: 'POST',
    path: '/withdrawal',
    capability: 'payments',
    summary: 'Pay cash out of an account',
    roles: ['customer', 'teller'],
    idempotent: true,
    body: schemas.cashRequest,
    status: 200,
    reply: schemas.receipt,
    refusals: [...moving, 'INSUFFICIENT_FUNDS', ...keyed],
  }),
  reverseTransaction: route({
    method: 'POST',
    path: '/transactions/{id}/reversal',
    capability: 'payments',
    summary: 'Reverse a completed transaction, once',
    roles: ['teller', 'admin'],
    idempotent: true,
    params: schemas.idParam,
    body: schemas.reversalRequest,
    status: 200,
    reply: schemas.receipt,
    refusals: [
      'TRANSACTION_NOT_FOUND',
      'NOT_REVERSIBLE',
      'ALREADY_REVERSED',
      'INSUFFICIENT_FUNDS',
      'BALANCE_OUT_OF_RANGE',
      'ACCOUNT_NOT_ACTIVE',
      ...keyed,
    ],
  }),
} as const;
