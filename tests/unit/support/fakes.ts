import { type Mocked, vi } from 'vitest';
import type { Accounts } from '../../../lambdas/adapters/accounts.ts';
import type { Ledger } from '../../../lambdas/adapters/ledger.ts';
import type { Transactions } from '../../../lambdas/adapters/transactions.ts';
import type { Handler } from '../../../lambdas/runtime/http/handle.ts';
import { type StageRule, stageRules } from '../../../lambdas/runtime/route.ts';
import { eventOf, type RequestOptions } from './events.ts';
import { accountWith, transactionWith } from './records.ts';

/** Accounts of which every command succeeds. */
export function fakeAccounts(): Mocked<Accounts> {
  return {
    openAccount: vi.fn(async () => ({ account: accountWith(), replayed: false })),
    readAccount: vi.fn(async () => accountWith()),
    listAccounts: vi.fn(async () => ({ accounts: [accountWith()], next_cursor: 'next' })),
  };
}

/** A ledger of which every command succeeds. */
export function fakeLedger(): Mocked<Ledger> {
  const posted = async () => ({ transaction: transactionWith(), replayed: false });
  return {
    postTransfer: vi.fn(posted),
    postDeposit: vi.fn(posted),
    postWithdrawal: vi.fn(posted),
    postReversal: vi.fn(posted),
  };
}

/** A journal in which every transaction is found. */
export function fakeTransactions(): Mocked<Transactions> {
  return {
    readTransaction: vi.fn(async () => transactionWith()),
    listTransactions: vi.fn(async () => ({ transactions: [transactionWith()], next_cursor: null })),
  };
}

/** Sends a request to one handler, on a stage that lets customers do everything unless said otherwise. */
export async function send<Dependencies>(
  handler: Handler<Dependencies>,
  dependencies: Dependencies,
  request: RequestOptions,
  allowed: readonly StageRule[] = stageRules,
) {
  const answer = await handler.run(eventOf({ routeKey: handler.routeKey, ...request }), dependencies, allowed);
  return { ...answer, json: JSON.parse(answer.body ?? 'null') };
}
