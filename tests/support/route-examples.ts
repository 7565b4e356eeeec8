import { randomInt, randomUUID } from 'node:crypto';
import { contract } from '../../lambdas/api/contract.ts';
import type { Route } from '../../lambdas/runtime/route.ts';
import { randomSsn } from './random-ssn.ts';

/** The name of a route in the contract. */
export type RouteName = keyof typeof contract;

/** The things that a request may name. */
export interface ExampleIds {
  customer: string;
  account: string;
  /** Another account than `account`. */
  payee: string;
  transaction: string;
  /** A fraud alert that nobody has closed. */
  alert: string;
  /** A hold on `account` that is open. */
  hold: string;
  /** A standing order from `account` that is active. */
  order: string;
  /** A row of the audit, sealed. */
  audit_log: string;
  /** One that was charged. */
  fee: string;
  /** A run of the reconciliation. */
  reconciliation: string;
}

/** A request that its route takes. */
export interface ExampleRequest {
  method: string;
  path: string;
  body: object | undefined;
  headers: Record<string, string>;
}

interface Example {
  /** What stands for `{id}` in the path. */
  id?: string;
  /** What stands for other names in it. */
  rest?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
}

/** The month that is running at the local bank, whose time zone is this machine's. */
const thisMonth = () => new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit' }).format();

const reason = { reason: 'an example' };

/** The rule of overdraft fees, which every bank has under this id (sql/migrations). */
const feeRule = '00000000-0000-8000-8000-0000000000f3';

const examples: Record<RouteName, (ids: ExampleIds) => Example> = {
  getHealth: () => ({}),
  getOpenApi: () => ({}),
  getReference: () => ({}),
  getReferenceFile: () => ({ id: 'swagger-ui.css' }),
  registerCustomer: () => ({
    body: {
      first_name: 'Ada',
      last_name: 'Example',
      email: `${randomUUID()}@customers.example`,
      phone: `+1${randomInt(1e12, 1e13)}`,
      ssn: randomSsn(),
      date_of_birth: '1990-02-28',
      address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
    },
  }),
  getMyCustomer: () => ({}),
  updateMyCustomer: () => ({ body: { phone: `+1${randomInt(1e12, 1e13)}` } }),
  getCustomer: ({ customer }) => ({ id: customer }),
  reviewCustomer: ({ customer }) => ({ id: customer, body: { decision: 'VERIFIED', ...reason } }),
  freezeCustomer: ({ customer }) => ({ id: customer, body: reason }),
  unfreezeCustomer: ({ customer }) => ({ id: customer, body: reason }),
  revealSsn: ({ customer }) => ({ id: customer, body: reason }),
  getCustomerLimits: ({ customer }) => ({ id: customer }),
  setCustomerLimits: ({ customer }) => ({
    id: customer,
    body: { transfers_per_minute: 20, requests_per_hour: 2000, ...reason },
  }),
  updateAccount: ({ account }) => ({ id: account, body: { interest_rate: '0.01' } }),
  freezeAccount: ({ account }) => ({ id: account, body: reason }),
  unfreezeAccount: ({ account }) => ({ id: account, body: reason }),
  closeAccount: ({ account, payee }) => ({ id: account, body: { sweep_to_account_id: payee, ...reason } }),
  disableUser: ({ customer }) => ({ id: customer, body: reason }),
  enableUser: ({ customer }) => ({ id: customer, body: reason }),
  listAccounts: ({ customer }) => ({ query: { customer_id: customer } }),
  openAccount: ({ customer }) => ({ body: { customer_id: customer, account_type: 'SAVINGS' } }),
  getAccount: ({ account }) => ({ id: account }),
  getBalance: ({ account }) => ({ id: account }),
  getInterest: ({ account }) => ({ id: account }),
  listFees: ({ account }) => ({ id: account }),
  listFeeRules: () => ({}),
  setFeeRule: () => ({ id: feeRule, body: { amount: '25.00', minimum_balance: null, enabled: false, ...reason } }),
  waiveFee: ({ fee }) => ({ id: fee, body: reason }),
  postTransfer: ({ account, payee }) => ({
    body: { from_account_id: account, to_account_id: payee, amount: '1.00', description: 'an example' },
  }),
  postTransferBatch: ({ account, payee }) => ({
    body: {
      mode: 'ATOMIC',
      transfers: [
        { from_account_id: account, to_account_id: payee, amount: '1.00', description: 'an example' },
        { from_account_id: account, to_account_id: payee, amount: '2.00' },
      ],
    },
  }),
  postDeposit: ({ account }) => ({ body: { account_id: account, amount: '1.00' } }),
  postWithdrawal: ({ account }) => ({ body: { account_id: account, amount: '1.00' } }),
  listStatements: ({ account }) => ({ id: account }),
  getStatement: ({ account }) => ({ id: account, rest: { period: thisMonth() } }),
  listTransactions: ({ account }) => ({ query: { account_id: account } }),
  getTransaction: ({ transaction }) => ({ id: transaction }),
  getFraudRules: () => ({}),
  setFraudRules: () => ({ body: { settings: { monitor_from: 31 }, ...reason } }),
  listFraudAlerts: ({ account }) => ({ query: { account_id: account } }),
  getFraudAlert: ({ alert }) => ({ id: alert }),
  assignFraudAlert: ({ alert }) => ({ id: alert, body: {} }),
  resolveFraudAlert: ({ alert }) => ({ id: alert, body: { resolution: 'RESOLVED', notes: 'an example' } }),
  placeHold: ({ account }) => ({ body: { account_id: account, amount: '1.00' } }),
  listHolds: ({ account }) => ({ query: { account_id: account } }),
  getHold: ({ hold }) => ({ id: hold }),
  captureHold: ({ hold, payee }) => ({ id: hold, body: { to_account_id: payee } }),
  releaseHold: ({ hold }) => ({ id: hold, body: {} }),
  createStandingOrder: ({ account, payee }) => ({
    body: {
      from_account_id: account,
      to_account_id: payee,
      amount: '1.00',
      frequency: 'MONTHLY',
      start_date: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
    },
  }),
  listStandingOrders: ({ account }) => ({ query: { account_id: account } }),
  getStandingOrder: ({ order }) => ({ id: order }),
  pauseStandingOrder: ({ order }) => ({ id: order, body: {} }),
  resumeStandingOrder: ({ order }) => ({ id: order, body: {} }),
  cancelStandingOrder: ({ order }) => ({ id: order, body: {} }),
  reverseTransaction: ({ transaction }) => ({ id: transaction, body: { description: 'an example' } }),
  listAuditLogs: ({ account }) => ({ query: { entity_type: 'account', entity_id: account } }),
  verifyAudit: () => ({}),
  getSealPublicKey: () => ({}),
  getAuditLog: ({ audit_log }) => ({ id: audit_log }),
  proveAuditLog: ({ audit_log }) => ({ id: audit_log }),
  listReconciliations: () => ({}),
  getReconciliation: ({ reconciliation }) => ({ id: reconciliation }),
};

/** The names of all routes. */
export const routeNames = Object.keys(examples) as RouteName[];

/** A route of the contract, seen as any route. */
export function routeNamed(name: RouteName): Route {
  return contract[name];
}

/** The routes that need a token. */
export const guardedRoutes = routeNames.filter(name => routeNamed(name).roles !== 'public');

/** A request to a route that answers with success when the caller may use what `ids` name. */
export function exampleRequest(name: RouteName, ids: ExampleIds): ExampleRequest {
  const { method, path, conditional } = routeNamed(name);
  const { id, rest = {}, query, body } = examples[name](ids);
  if (path.includes('{') && id === undefined) {
    throw new Error(`${name} needs an example of what stands in ${path}`);
  }
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  const filled = Object.entries(rest)
    .reduce((text, [part, value]) => text.replace(`{${part}}`, value), path)
    .replace(/\{\w+\}/, id ?? '');
  const headers: Record<string, string> = conditional ? { 'if-match': '*' } : {};
  return { method, path: filled + search, body, headers };
}

/** Which things a route's requests name. */
export function thingsNamed(name: RouteName): (keyof ExampleIds)[] {
  const marks: ExampleIds = {
    customer: '<customer>',
    account: '<account>',
    payee: '<payee>',
    transaction: '<transaction>',
    alert: '<alert>',
    hold: '<hold>',
    order: '<order>',
    audit_log: '<audit_log>',
    fee: '<fee>',
    reconciliation: '<reconciliation>',
  };
  const { path, body } = exampleRequest(name, marks);
  const text = decodeURIComponent(path) + JSON.stringify(body ?? {});
  return (Object.keys(marks) as (keyof ExampleIds)[]).filter(thing => text.includes(marks[thing]));
}
