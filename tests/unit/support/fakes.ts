import { type Mocked, vi } from 'vitest';
import type { AccountPowers } from '../../../lambdas/adapters/account-powers.ts';
import type { Accounts } from '../../../lambdas/adapters/accounts.ts';
import type { Customers } from '../../../lambdas/adapters/customers.ts';
import type { FraudAlerts } from '../../../lambdas/adapters/fraud-alerts.ts';
import type { FraudRuleBook } from '../../../lambdas/adapters/fraud-rules.ts';
import type { Ledger } from '../../../lambdas/adapters/ledger.ts';
import type { Statements } from '../../../lambdas/adapters/statements.ts';
import type { Transactions } from '../../../lambdas/adapters/transactions.ts';
import type { Vault } from '../../../lambdas/adapters/vault.ts';
import type { Handler } from '../../../lambdas/runtime/http/handle.ts';
import { type StageRule, stageRules } from '../../../lambdas/runtime/route.ts';
import { eventOf, type RequestOptions } from './events.ts';
import { accountWith, alertWith, caseWith, customerWith, fraudRulesWith, transactionWith } from './records.ts';
import { documentWith, summaryWith } from './statements.ts';

/** Accounts of which every command succeeds. */
export function fakeAccounts(): Mocked<Accounts> {
  return {
    openAccount: vi.fn(async () => ({ account: accountWith(), replayed: false })),
    readAccount: vi.fn(async () => accountWith()),
    readBalanceAt: vi.fn(async ({ account_id, at }) => ({ account_id, balance: '80.00', currency: 'USD', at })),
    listAccounts: vi.fn(async () => ({ accounts: [accountWith()], next_cursor: 'next' })),
  };
}

/** Powers over accounts of which every one is granted. */
function fakeAccountPowers(): Mocked<AccountPowers> {
  const changed = async () => accountWith();
  return {
    updateAccount: vi.fn(changed),
    freezeAccount: vi.fn(changed),
    unfreezeAccount: vi.fn(changed),
    closeAccount: vi.fn(async () => ({ account: accountWith(), replayed: false })),
  };
}

/** What the handlers of accounts need, on a stage that opens accounts for everybody. */
export function accountsCapability() {
  return {
    accounts: fakeAccounts(),
    powers: fakeAccountPowers(),
    customerAccountLimit: 5,
    accountsNeedVerifiedCustomer: false,
    fourEyes: false,
  };
}

/** Customers of which every one is found and may be changed. */
export function fakeCustomers(): Mocked<Customers> {
  const found = async () => customerWith();
  return {
    registerCustomer: vi.fn(async () => ({ customer: customerWith(), replayed: false })),
    readCustomer: vi.fn(found),
    updateCustomer: vi.fn(found),
    reviewCustomer: vi.fn(found),
    freezeCustomer: vi.fn(found),
    unfreezeCustomer: vi.fn(found),
    readSsnCiphertext: vi.fn(async act => ({ customer_id: act.customer_id, ciphertext: 'ciphertext' })),
  };
}

/** A vault of which every number is 078-05-1120, which a wallet's maker printed and the SSA withdrew. */
export function fakeVault(): Mocked<Vault> {
  return {
    encryptSsn: vi.fn(async () => 'ciphertext'),
    decryptSsn: vi.fn(async () => '078051120'),
    ssnIndexes: vi.fn(async () => [{ key_version: 1, mac: 'mac' }]),
  };
}

/** A ledger of which every command succeeds. */
export function fakeLedger(): Mocked<Ledger> {
  const posted = async () => ({ transaction: transactionWith(), replayed: false });
  return {
    postTransfer: vi.fn(posted),
    postTransferBatch: vi.fn(async () => ({
      batch: { id: transactionWith().id, mode: 'ATOMIC' as const, completed: 0, failed: 0, results: [] },
      replayed: false,
    })),
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

/** What the handlers of fraud need: rules that may be changed, and alerts of which every one is found and may be closed. */
export function fraudCapability(): { rules: Mocked<FraudRuleBook>; alerts: Mocked<FraudAlerts> } {
  return {
    rules: { readRules: vi.fn(async () => fraudRulesWith()), setRules: vi.fn(async () => fraudRulesWith()) },
    alerts: {
      listAlerts: vi.fn(async () => ({ alerts: [alertWith()], next_cursor: 'next' })),
      readCase: vi.fn(async () => caseWith()),
      assignAlert: vi.fn(async () => alertWith()),
      resolveAlert: vi.fn(async () => alertWith()),
    },
  };
}

/** What the handlers of statements need: every statement is found, and drawn as its name. */
export function statementsCapability() {
  const statements: Mocked<Statements> = {
    listStatements: vi.fn(async () => ({ statements: [summaryWith()], next_cursor: 'next' })),
    readStatement: vi.fn(async () => ({ ...documentWith(), next_cursor: 'next' })),
    readDocument: vi.fn(async () => documentWith()),
  };
  return { statements, statementPdf: async ({ period }: { period: string }) => Buffer.from(`%PDF of ${period}`) };
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
