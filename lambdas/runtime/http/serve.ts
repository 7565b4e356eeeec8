import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { BankError } from '../../domain/errors.ts';
import { takeDatabaseCalls } from '../database-calls.ts';
import { originSecretsVariable, readEnvironment } from '../environment.ts';
import { beginInvocation } from '../invocation.ts';
import { logger } from '../logger.ts';
import type { StageRule } from '../route.ts';
import { admitFromEdge } from './edge.ts';
import type { Handler } from './handle.ts';
import { problem } from './problem.ts';
import { requestMetrics } from './request-metrics.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;
type Middleware = MiddlewareObj<Event, Result, Error, Context>;

/** Makes the Lambda handler of a capability from its routes' handlers and what they depend on. */
export function serve<Dependencies>(
  handlers: readonly Handler<Dependencies>[],
  dependencies: Dependencies,
  allowed: readonly StageRule[] = [],
) {
  const byRoute = new Map(handlers.map(handler => [handler.routeKey, handler]));
  return middy<Event, Result, Error, Context>({ timeoutEarlyInMillis: earlyMilliseconds, timeoutEarlyResponse: giveUp })
    .use(invocation)
    .use(standardHeaders)
    .use(problems)
    .use(edge())
    .handler(event => {
      const handler = byRoute.get(event.routeKey);
      if (!handler) {
        throw new Error(`The gateway sent ${event.routeKey}, which this function does not answer`);
      }
      return handler.run(event, dependencies, allowed);
    });
}

/** How long before Lambda ends an invocation it answers that it could not finish. The outcome is unknown, and safe to ask for again. */
const earlyMilliseconds = 250;

function giveUp(): never {
  throw new BankError('UNAVAILABLE', {
    detail: 'The request may be sent again, with the same Idempotency-Key.',
    retryAfter: 1,
  });
}

/** Notes the invocation, and one line of log for each, which carries its metrics: never a body, never a token. */
const invocation: Middleware = {
  before: ({ event, context }) => {
    beginInvocation(context);
    takeDatabaseCalls();
    logger.resetKeys();
    logger.appendKeys({ request_id: event.requestContext.requestId, route: event.routeKey });
  },
  after: ({ response }) => answered(response, undefined),
  // `problems` has made its answer of the error by then.
  onError: ({ error, response }) => answered(response, asBankError(error)),
};

/** Where the bank has an edge, what came round it is refused. */
function edge(): Middleware {
  const { ORIGIN_SECRETS: secrets } = readEnvironment(originSecretsVariable);
  return { before: ({ event }) => admitFromEdge(event, secrets) };
}

function answered(response: Result | null | undefined, refusal: BankError | undefined): void {
  logger.info('answered', { status: response?.statusCode ?? 0, ...requestMetrics(refusal) });
}

/** By OWASP's REST security cheat sheet: answers are data, which no browser has a reason to keep, guess at, run or frame. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Headers of every answer, errors included. A handler that answers a page may say otherwise. */
const standardHeaders: Middleware = {
  after: ({ event, response }) => addHeaders(event, response),
  onError: ({ event, response }) => addHeaders(event, response),
};

function addHeaders(event: Event, response: Result | null | undefined): void {
  if (response) {
    response.headers = { ...headers, ...response.headers, 'x-request-id': event.requestContext.requestId };
  }
}

/** Turns errors into problems. An error that is not the bank's own is a defect: it is logged whole and told as INTERNAL_ERROR. */
const problems: Middleware = {
  onError: request => {
    const { error, event } = request;
    const known = asBankError(error);
    if (known.status >= 500) {
      logger.error(known.code, { cause: known.details.cause as Error });
    } else {
      logger.appendKeys({ code: known.code });
    }
    request.response = problem(known, event.requestContext.requestId);
  },
};

function asBankError(error: unknown): BankError {
  return error instanceof BankError ? error : new BankError('INTERNAL_ERROR', { cause: error });
}
