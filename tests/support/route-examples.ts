import { contract } from '../../lambdas/api/contract.ts';
import type { Route } from '../../lambdas/runtime/route.ts';

/** The name of a route in the contract. */
export type RouteName = keyof typeof contract;

/** The things that a request may name. */
export interface ExampleIds {
  customer: string;
  account: string;
  /** Another account than `account`. */
  payee: string;
  transaction: string;
}

/** A request that its route takes. */
export interface ExampleRequest {
  method: string;
  path: string;
  body: Record<string, string> | undefined;
}

interface Example {
  /** What stands for `{id}` in the path. */
  id?: string;
  query?: Record<string, string>;
  body?: Record<string, string>;
}

const examples: Record<RouteName, (ids: ExampleIds) => Example> = {
  getHealth: () => ({}),
  listAccounts: ({ customer }) => ({ query: { customer_id: customer } }),
  openAccount: ({ customer }) => ({ body: { customer_id: customer, account_type: 'SAVINGS' } }),
  getAccount: ({ account }) => ({ id: account }),
  getBalance: ({ account }) => ({ id: account }),
  postTransfer: ({ account, payee }) => ({
    body: { from_account_id: account, to_account_id: payee, amount: '1.00', description: 'an example' },
  }),
  postDeposit: ({ account }) => ({ body: { account_id: account, amount: '1.00' } }),
  postWithdrawal: ({ account }) => ({ body: { account_id: account, amount: '1.00' } }),
  listTransactions: ({ account }) => ({ query: { account_id: account } }),
  getTransaction: ({ transaction }) => ({ id: transaction }),
  reverseTransaction: ({ transaction }) => ({ id: transaction, body: { description: 'an example' } }),
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
  const { method, path } = routeNamed(name);
  const { id, query, body } = examples[name](ids);
  if (path.includes('{') && id === undefined) {
    throw new Error(`${name} needs an example of what stands in ${path}`);
  }
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return { method, path: path.replace(/\{\w+\}/, id ?? '') + search, body };
}

/** Which things a route's requests name. */
export function thingsNamed(name: RouteName): (keyof ExampleIds)[] {
  const marks: ExampleIds = {
    customer: '<customer>',
    account: '<account>',
    payee: '<payee>',
    transaction: '<transaction>',
  };
  const { path, body } = exampleRequest(name, marks);
  const text = decodeURIComponent(path) + JSON.stringify(body ?? {});
  return (Object.keys(marks) as (keyof ExampleIds)[]).filter(thing => text.includes(marks[thing]));
}
