import { describe, expect, test } from 'vitest';
import { contract } from '../../../lambdas/api/contract.ts';
import { account } from '../../../lambdas/domain/account.ts';
import { auditLog } from '../../../lambdas/domain/audit/audit-log.ts';
import { isErrorCode } from '../../../lambdas/domain/errors.ts';
import { fraudAlert } from '../../../lambdas/domain/fraud-alert.ts';
import { hold } from '../../../lambdas/domain/hold.ts';
import { reconciliationSummary } from '../../../lambdas/domain/reconciliation.ts';
import { standingOrder, standingOrderRun } from '../../../lambdas/domain/standing-order.ts';
import { statementLine, statementSummary } from '../../../lambdas/domain/statements/statement.ts';
import { transaction } from '../../../lambdas/domain/transaction.ts';
import { jsonKeysOf, refusalsOf, sqlFunctions, textOf } from '../support/sql-functions.ts';

/** What every route may answer, listed or not: bad input, who may not call it or not so often. */
const everyRoute = ['INVALID_REQUEST', 'FORBIDDEN', 'CUSTOMER_FROZEN', 'USER_DISABLED', 'RATE_LIMITED'];

test.each([
  ['an account', account.shape, 'account_json'],
  ['a transaction', transaction.shape, 'transaction_json'],
  ['a fraud alert', fraudAlert.shape, 'fraud_alert_json'],
  ['a hold', hold.shape, 'hold_json'],
  ['a standing order', standingOrder.shape, 'standing_order_json'],
  ['a run of a standing order', standingOrderRun.shape, 'standing_order_run_json'],
  ['a statement', statementSummary.shape, 'statement_json'],
  ['a line of a statement', statementLine.shape, 'statement_line_json'],
  ['a run of the reconciliation', reconciliationSummary.shape, 'reconciliation_json'],
  ['a row of the audit', auditLog.shape, 'audit_log_json'],
])('%s has exactly the fields that SQL gives it', async (_what, shape, sqlFunction) => {
  expect(Object.keys(shape).sort()).toEqual((await jsonKeysOf(sqlFunction)).sort());
});

test('every code with which SQL refuses is in the list of errors', async () => {
  const codes = new Set((await Promise.all((await sqlFunctions()).map(refusalsOf))).flat());
  expect(codes.size).toBeGreaterThan(10);
  expect([...codes].filter(code => !isErrorCode(code))).toEqual([]);
});

test('no answer has a field "events" of its own: what a call wrote comes under that name, and is taken off', async () => {
  const others = (await sqlFunctions()).filter(name => name !== 'with_events');
  const keys = await Promise.all(others.map(async name => ((await textOf(name)).includes("'events'") ? [name] : [])));
  expect(keys.flat()).toEqual([]);
});

const ofReversals = ['TRANSACTION_NOT_FOUND', 'NOT_REVERSIBLE', 'ALREADY_REVERSED'];
const ofTransfers = ['FRAUD_BLOCKED'];
/** Where the key is the command's own id, nobody else has it. */
const keyed = ['REQUEST_IN_FLIGHT', 'IDEMPOTENCY_KEY_REUSED'];

describe('every refusal of an SQL function is in the contract of its route', () => {
  test.each([
    { route: 'openAccount', sqlFunction: 'open_account', impossible: [] },
    { route: 'getAccount', sqlFunction: 'read_account', impossible: [] },
    { route: 'getBalance', sqlFunction: 'read_account', impossible: [] },
    { route: 'getBalance', sqlFunction: 'read_balance_at', impossible: [] },
    { route: 'listStatements', sqlFunction: 'list_statements', impossible: [] },
    { route: 'getStatement', sqlFunction: 'read_statement', impossible: [] },
    { route: 'listAccounts', sqlFunction: 'list_accounts', impossible: [] },
    { route: 'getTransaction', sqlFunction: 'read_transaction', impossible: [] },
    { route: 'listTransactions', sqlFunction: 'list_transactions', impossible: [] },
    { route: 'listAuditLogs', sqlFunction: 'list_audit_logs', impossible: [] },
    { route: 'getAuditLog', sqlFunction: 'read_audit_log', impossible: [] },
    { route: 'proveAuditLog', sqlFunction: 'read_audit_log', impossible: [] },
    { route: 'listReconciliations', sqlFunction: 'list_reconciliations', impossible: [] },
    { route: 'getReconciliation', sqlFunction: 'read_reconciliation', impossible: [] },
    { route: 'verifyAudit', sqlFunction: 'admit_auditor', impossible: [] },
    { route: 'getSealPublicKey', sqlFunction: 'admit_auditor', impossible: [] },
    { route: 'postTransfer', sqlFunction: 'post_transfer', impossible: ofReversals },
    { route: 'postTransferBatch', sqlFunction: 'post_transfers', impossible: ofReversals },
    // Cash has no currency of its own to mismatch, and comes from an account that may go below zero.
    {
      route: 'postDeposit',
      sqlFunction: 'post_deposit',
      impossible: [...ofReversals, ...ofTransfers, 'CURRENCY_MISMATCH', 'INSUFFICIENT_FUNDS'],
    },
    {
      route: 'postWithdrawal',
      sqlFunction: 'post_withdrawal',
      impossible: [...ofReversals, ...ofTransfers, 'CURRENCY_MISMATCH', 'BALANCE_OUT_OF_RANGE'],
    },
    // Only staff reverse, and the original has proved its accounts, their currency and its amount.
    {
      route: 'reverseTransaction',
      sqlFunction: 'post_reversal',
      impossible: [
        ...ofTransfers,
        'ACCOUNT_NOT_FOUND',
        'NOT_YOUR_ACCOUNT',
        'CURRENCY_MISMATCH',
        'AMOUNT_NOT_REPRESENTABLE',
      ],
    },
    {
      route: 'closeAccount',
      sqlFunction: 'close_account',
      impossible: [...ofReversals, ...ofTransfers, 'AMOUNT_NOT_REPRESENTABLE', 'INSUFFICIENT_FUNDS'],
    },
    // Nobody who is paid is named.
    { route: 'placeHold', sqlFunction: 'place_hold', impossible: ['CURRENCY_MISMATCH', 'BALANCE_OUT_OF_RANGE'] },
    { route: 'listHolds', sqlFunction: 'list_holds', impossible: [] },
    { route: 'getHold', sqlFunction: 'read_hold', impossible: [] },
    // What is held is there.
    { route: 'captureHold', sqlFunction: 'capture_hold', impossible: ['INSUFFICIENT_FUNDS'] },
    { route: 'releaseHold', sqlFunction: 'release_hold', impossible: keyed },
    // Whether the money is there is asked when it is due.
    {
      route: 'createStandingOrder',
      sqlFunction: 'create_standing_order',
      impossible: ['INSUFFICIENT_FUNDS', 'BALANCE_OUT_OF_RANGE'],
    },
    { route: 'listStandingOrders', sqlFunction: 'list_standing_orders', impossible: [] },
    { route: 'getStandingOrder', sqlFunction: 'read_standing_order', impossible: [] },
    { route: 'pauseStandingOrder', sqlFunction: 'pause_standing_order', impossible: keyed },
    { route: 'resumeStandingOrder', sqlFunction: 'resume_standing_order', impossible: keyed },
    { route: 'cancelStandingOrder', sqlFunction: 'cancel_standing_order', impossible: keyed },
    { route: 'unfreezeAccount', sqlFunction: 'unfreeze_account', impossible: keyed },
    { route: 'unfreezeCustomer', sqlFunction: 'unfreeze_customer', impossible: keyed },
    { route: 'getFraudRules', sqlFunction: 'read_fraud_rules', impossible: [] },
    { route: 'setFraudRules', sqlFunction: 'set_fraud_rules', impossible: keyed },
    { route: 'listFraudAlerts', sqlFunction: 'list_fraud_alerts', impossible: [] },
    { route: 'getFraudAlert', sqlFunction: 'read_fraud_alert', impossible: [] },
    { route: 'assignFraudAlert', sqlFunction: 'assign_fraud_alert', impossible: keyed },
    { route: 'resolveFraudAlert', sqlFunction: 'resolve_fraud_alert', impossible: keyed },
  ] as const)('$sqlFunction: $route', async ({ route, sqlFunction, impossible }) => {
    const declared: readonly string[] = [...contract[route].refusals, ...everyRoute, ...impossible];
    expect((await refusalsOf(sqlFunction)).filter(code => !declared.includes(code))).toEqual([]);
  });
});
