import type * as z from 'zod';
import type { contract } from '../lambdas/api/contract.ts';
import type { Route } from '../lambdas/runtime/route.ts';

type Contract = typeof contract;

/** A part of a request: required where it has a required field, absent where it has none. */
type Part<Name extends string, Schema> = string extends keyof Input<Schema>
  ? unknown
  : Partial<Input<Schema>> extends Input<Schema>
    ? { [Key in Name]?: Input<Schema> }
    : { [Key in Name]: Input<Schema> };

/** A schema's input, where a query's number is one: only on the wire is it text. */
type Input<Schema> = Schema extends z.ZodType ? Numbered<z.input<Schema>> : never;
type Numbered<Fields> = {
  [Field in keyof Fields]: Field extends 'limit' | 'min_score' ? number | undefined : Fields[Field];
};

/** What a call takes: the parts of its request, and what goes into its headers. */
export type Arguments<R> =
  R extends Route<infer Params, infer Query, infer Body>
    ? Part<'params', Params> & Part<'query', Query> & Part<'body', Body> & Options
    : never;

/** What any call may be told. */
export interface Options {
  /** The Idempotency-Key of a command; one is made for each call otherwise. */
  key?: string;
  /** The ETag that reading gave, or `*`: a conditional change needs one. */
  ifMatch?: string;
  /** Ends the call and its retries. */
  signal?: AbortSignal;
}

/** What a call answers. */
export interface Answer<Data> {
  data: Data;
  status: number;
  /** All headers of the answer. */
  headers: Headers;
  /** The version that was read, for `ifMatch`. */
  etag: string | null;
  /** Whether this is the answer to an earlier request with the same key. */
  replayed: boolean;
  /** The id of the request, to name when asking about it. */
  requestId: string;
}

/** The calls: one for each route of the contract that answers JSON, under its name there. */
export type Client = {
  [Name in keyof Contract as Reply<Contract[Name]> extends { content: Uint8Array } ? never : Name]: Call<
    Contract[Name]
  >;
};

type Reply<R> = R extends { reply: infer Schema extends z.ZodType } ? z.output<Schema> : never;

type Call<R> =
  Partial<Arguments<R>> extends Arguments<R>
    ? (request?: Arguments<R>) => Promise<Answer<Reply<R>>>
    : (request: Arguments<R>) => Promise<Answer<Reply<R>>>;
