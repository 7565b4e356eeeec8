import type * as z from 'zod';
import type { Role } from '../domain/caller.ts';
import type { ErrorCode } from '../domain/errors.ts';

/** The Lambda functions of the API. Each is a folder beside this file, a database login and an IAM role. */
export const capabilities = [
  'system',
  'customers',
  'accounts',
  'payments',
  'transactions',
  'limits',
  'users',
  'fraud',
  'holds',
  'orders',
  'audit',
  'statements',
] as const;
export type Capability = (typeof capabilities)[number];

/** Who logs in to the database, each as `bank_<name>`: the capabilities but `system`, and what works without being asked by a caller. */
export const databaseLogins = [
  ...capabilities.filter(capability => capability !== 'system'),
  'workers',
  'schedules',
] as const;
export type DatabaseLogin = (typeof databaseLogins)[number];

/** What a stage lets customers do for themselves; `lib/config.ts` says which stage allows which. */
export const stageRules = ['customer_deposits', 'customer_opens_accounts'] as const;
export type StageRule = (typeof stageRules)[number];

type Nothing = z.ZodObject<Record<never, z.ZodType>>;

/** One route of the API, as data: the gateway, the handlers, the documentation and the tests are made from it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly capability: Capability;
  readonly summary: string;
  /** The groups that may call it; `public` needs no token. */
  readonly roles: readonly Role[] | 'public';
  /** A customer may call it only where the stage allows this. */
  readonly customersOnlyWhere?: StageRule;
  /** Needs an If-Match header with the ETag that reading gave; its reply and the reply of reading carry an ETag. */
  readonly conditional?: true;
  /** Takes an Idempotency-Key header. */
  readonly idempotent?: true;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** How many bytes its body may have, where 64 KiB are not enough. */
  readonly largestBody?: number;
  readonly status: 200 | 201;
  /** The media types that it may answer, where that is a file as it stands; its reply is then a `file`. */
  readonly media?: readonly string[];
  /** The media types of files that it may answer in place of JSON, to whoever asks for them. */
  readonly alternatives?: readonly string[];
  readonly reply: Reply;
  /** The errors that this route may answer beside those that every route may. */
  readonly refusals: readonly ErrorCode[];
}

/** Declares a route and keeps the types of its schemas. */
export function route<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(definition: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return definition;
}

/** API Gateway's name of a route: `GET /accounts/{id}`. */
export function routeKey(definition: Pick<Route, 'method' | 'path'>): string {
  return `${definition.method} ${definition.path}`;
}
