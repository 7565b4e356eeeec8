import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { type Route, routeKey, type StageRule } from '../route.ts';
import { type AuthorizedCaller, authorize } from './authorize.ts';
import { readBody } from './body.ts';
import { callerOf } from './caller.ts';
import { parseParts } from './fields.ts';
import { ifMatch, wantedVersion } from './precondition.ts';
import { type Answer, type FileAnswer, writeReply } from './reply.ts';

/** What a handler gets: the request's parts as the contract's schemas made them, who sent it, and what its headers ask for. */
export interface Request<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  caller: AuthorizedCaller;
  key: string | undefined;
  /** The Accept header, for routes with alternatives. */
  accept: string | undefined;
  /** On a conditional route the version that must be the current one still; null where any will do. */
  version: number | null;
}

/** A route with the code that answers it. Dependencies are bound last, so tests can pass others. */
export interface Handler<Dependencies> {
  routeKey: string;
  run(
    event: APIGatewayProxyEventV2WithJWTAuthorizer,
    dependencies: Dependencies,
    allowed: readonly StageRule[],
  ): Promise<APIGatewayProxyStructuredResultV2>;
}

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, { error: 'must be 1 to 255 printable ASCII characters without spaces' })
  .optional();

/** Made once: zod compiles a schema, which costs more than the rest of a request. */
const headersOfRequest = z.object({ 'Idempotency-Key': idempotencyKey, 'If-Match': ifMatch });
const noQuery = z.strictObject({});

/** Makes a handler: authorize, parse, answer, and write the answer with no field that the contract does not declare. */
export function handle<
  Dependencies,
  Reply extends z.ZodType,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
>(
  route: Route<Params, Query, Body, Reply>,
  answer: (
    request: Request<z.output<Params>, z.output<Query>, z.output<Body>>,
    dependencies: Dependencies,
  ) => Promise<Answer<z.input<Reply>> | FileAnswer> | Answer<z.input<Reply>> | FileAnswer,
): Handler<Dependencies> {
  return {
    routeKey: routeKey(route),
    async run(event, dependencies, allowed) {
      const caller = route.roles === 'public' ? nobody : authorize(callerOf(event), route, allowed);
      const request = parseParts({
        params: { schema: route.params, value: event.pathParameters ?? {} },
        query: { schema: route.query ?? noQuery, value: event.queryStringParameters ?? {} },
        body: { schema: route.body, value: route.body && readBody(event, route.largestBody) },
        headers: {
          schema: headersOfRequest,
          value: {
            'Idempotency-Key': event.headers['idempotency-key'],
            'If-Match': route.conditional && event.headers['if-match'],
          },
        },
      });
      const key = route.idempotent && event.headers['idempotency-key'];
      const version = route.conditional ? wantedVersion(event.headers['if-match']?.trim()) : null;
      const accept = event.headers.accept;
      const answered = await answer(
        { ...request, caller, key, accept, version } as Request<z.output<Params>, z.output<Query>, z.output<Body>>,
        dependencies,
      );
      return writeReply(route, answered, event);
    },
  };
}

/** Who calls a public route. */
const nobody: AuthorizedCaller = {
  id: '',
  roles: [],
  ip: '',
  userAgent: '',
  sessionId: '',
  requestId: '',
  ownAccountsOnly: true,
};
