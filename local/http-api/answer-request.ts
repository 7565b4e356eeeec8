import type { IncomingMessage } from 'node:http';
import { type AuthorizerContext, authorizeRequest } from './authorize-request.ts';
import { answerPreflight, withCors } from './cors.ts';
import { readFunctionResponse } from './function-response.ts';
import { type GatewayAnswer, gatewayRefusal } from './gateway-answer.ts';
import type { HttpApiOptions, HttpRoute, Invocation, ThrottleSettings } from './http-api-options.ts';
import { proxyEvent } from './proxy-event.ts';
import { readBody } from './request-body.ts';
import { type RequestHead, readHead } from './request-head.ts';
import { compileRoutes } from './route-table.ts';
import { createThrottle } from './throttle.ts';
import { createTokenKeys } from './token-keys.ts';

const longestTimeoutMs = 30_000;

/**
 * Makes the gateway: it takes a request with the id given to it through preflight, stage, route, throttle, authorizer
 * and integration, and never rejects. Throws on routes that name an authorizer the API does not have.
 */
export function createGateway(
  options: HttpApiOptions,
): (request: IncomingMessage, requestId: string) => Promise<GatewayAnswer> {
  const now = options.now ?? Date.now;
  const findRoute = compileRoutes(options.routes);
  const findKey = createTokenKeys(options.jwks, now);
  const throttleOf = ({ throttle }: { throttle?: ThrottleSettings }) => throttle && createThrottle(throttle, now);
  const admit = throttleOf(options) ?? (() => true);
  const admitTo = new Map(options.routes.map(route => [route, throttleOf(route) ?? admit]));
  const authorizers = new Map(options.authorizers.map(authorizer => [authorizer.name, authorizer]));
  for (const { authorizer, routeKey } of options.routes) {
    if (authorizer !== undefined && !authorizers.has(authorizer)) {
      throw new Error(`route "${routeKey}" names an authorizer that the API does not have: ${authorizer}`);
    }
  }

  async function answerHead(request: IncomingMessage, head: RequestHead, requestId: string): Promise<GatewayAnswer> {
    const path = withoutStage(options.stage, head.path);
    const match = path === undefined ? undefined : findRoute(head.method, path);
    if (match === undefined) return gatewayRefusal(404);
    if (admitTo.get(match.route)?.() === false) return gatewayRefusal(429);

    let context: AuthorizerContext | undefined;
    const authorizer = authorizers.get(match.route.authorizer ?? '');
    if (authorizer !== undefined) {
      const authorization = await authorizeRequest(head, match.route, authorizer, findKey, now());
      if (!authorization.ok) return authorization.answer;
      context = authorization.context;
    }
    const body = await readBody(request);
    if (body === undefined) return gatewayRefusal(413);
    const event = proxyEvent({ api: options, match, head, body, authorizer: context, requestId, nowMs: now() });
    const invocation = await withTimeout(match.route, options.invoke(match.route.functionName, event));
    return answerOf(invocation);
  }

  return async (request, requestId) => {
    const head = readHead(request, now());
    if (head === undefined) return gatewayRefusal(400);
    const { cors } = options;
    const preflight = cors === undefined ? undefined : answerPreflight(cors, head.method, head.headers);
    if (preflight !== undefined) return preflight;
    const answer = await answerHead(request, head, requestId).catch(error => {
      options.log?.(`${requestId} failed: ${error instanceof Error ? error.message : String(error)}`);
      return gatewayRefusal(500);
    });
    return cors === undefined ? answer : withCors(cors, head.headers.origin, answer);
  };
}

/** A named stage leads every path, and the function sees it; `$default` is served at the root. */
function withoutStage(stage: string, path: string): string | undefined {
  if (stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}

async function withTimeout(route: HttpRoute, invocation: Promise<Invocation>): Promise<Invocation> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Invocation>(resolve => {
    const limit = Math.min(route.timeoutMs ?? longestTimeoutMs, longestTimeoutMs);
    timer = setTimeout(() => resolve({ kind: 'timeout' }), limit);
  });
  try {
    return await Promise.race([invocation, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(invocation: Invocation): GatewayAnswer {
  if (invocation.kind === 'timeout') return gatewayRefusal(503);
  if (invocation.kind === 'error') return gatewayRefusal(500);
  return readFunctionResponse(invocation.payload);
}
