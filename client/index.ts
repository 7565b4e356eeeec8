import { contract } from '../lambdas/api/contract.ts';
import type { Route } from '../lambdas/runtime/route.ts';
import { ApiError } from './api-error.ts';
import { type RetryRules, sendUntilAnswered, sleep } from './retry.ts';
import type { Answer, Client, Options } from './types.ts';

export type { RetryRules } from './retry.ts';
export type { Answer, Arguments, Client } from './types.ts';
export { ApiError };

/** Where the bank is, and who asks it. */
export interface ClientOptions {
  /** Where the API answers, for example `https://….execute-api.us-east-1.amazonaws.com`. */
  baseUrl: string;
  /** A Cognito access token, or what gets one; it is asked for each time that a request is sent. */
  token?: string | (() => string | Promise<string>);
  /** In place of the runtime's own `fetch`. */
  fetch?: typeof fetch;
  retries?: Partial<RetryRules>;
}

interface AnyRequest extends Options {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

const defaults: RetryRules = { attempts: 4, firstWait: 200, longestWait: 30, wait: sleep };

/**
 * A client of the bank's API, for Node.js and browsers, with a call for each route: `bank.postTransfer({ body })`.
 * A command has an Idempotency-Key whether one is given or not, and keeps it each time it is sent again.
 * Calls throw ApiError when the API answers an error.
 */
export function createClient(options: ClientOptions): Client {
  const calls = Object.entries<Route>(contract)
    .filter(([, route]) => !route.media)
    .map(([name, route]) => [name, (request: AnyRequest = {}) => call(options, route, request)]);
  return Object.fromEntries(calls);
}

async function call(options: ClientOptions, route: Route, request: AnyRequest): Promise<Answer<unknown>> {
  const key = route.idempotent && (request.key ?? crypto.randomUUID());
  const harmless = key !== undefined || route.method === 'GET' || route.method === 'PUT';
  return await sendUntilAnswered(() => send(options, route, { ...request, ...(key ? { key } : {}) }), {
    harmless,
    signal: request.signal,
    rules: { ...defaults, ...options.retries },
  });
}

async function send(
  { baseUrl, token, fetch: fetchOf = fetch }: ClientOptions,
  route: Route,
  { params = {}, query = {}, body, key, ifMatch, signal }: AnyRequest,
): Promise<Answer<unknown>> {
  const headers = new Headers({ accept: 'application/json' });
  const bearer = typeof token === 'function' ? await token() : token;
  if (bearer !== undefined && route.roles !== 'public') headers.set('authorization', `Bearer ${bearer}`);
  if (route.body) headers.set('content-type', 'application/json');
  if (key !== undefined) headers.set('idempotency-key', key);
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  const response = await fetchOf(addressOf(baseUrl, route, params, query), {
    method: route.method,
    headers,
    ...(route.body ? { body: JSON.stringify(body ?? {}) } : {}),
    ...(signal ? { signal } : {}),
  });
  return await read(response);
}

function addressOf(
  baseUrl: string,
  { path }: Route,
  params: Record<string, string>,
  query: Record<string, unknown>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] satisfies [string, string]],
  );
  const search = new URLSearchParams(given).toString();
  return `${baseUrl.replace(/\/+$/, '')}${filled}${search && `?${search}`}`;
}

async function read(response: Response): Promise<Answer<unknown>> {
  const { status, headers } = response;
  const text = await response.text();
  const data: unknown = parse(text);
  if (!response.ok) {
    throw new ApiError(status, headers, typeof data === 'object' && data !== null ? { ...data } : {});
  }
  return {
    data,
    status,
    headers,
    etag: headers.get('etag'),
    replayed: headers.get('idempotent-replayed') === 'true',
    requestId: headers.get('x-request-id') ?? '',
  };
}

/** An error from between the bank and its caller need not be JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
