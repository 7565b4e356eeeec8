import type { GatewayAnswer } from './gateway-answer.ts';
import type { CorsConfiguration } from './http-api-options.ts';

/**
 * Answers a preflight request for the API, whether or not a route would take it: 204, with what is allowed when the
 * origin is. Undefined for a request that is no preflight.
 */
export function answerPreflight(
  cors: CorsConfiguration,
  method: string,
  headers: Record<string, string>,
): GatewayAnswer | undefined {
  const { origin } = headers;
  if (method !== 'OPTIONS' || origin === undefined || headers['access-control-request-method'] === undefined) {
    return undefined;
  }
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return { status: 204, headers: {}, cookies: [], body: '' };
  return {
    status: 204,
    headers: {
      ...originHeaders(cors, allowed),
      ...listed('access-control-allow-methods', cors.allowMethods),
      ...listed('access-control-allow-headers', cors.allowHeaders),
      ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
    },
    cookies: [],
    body: '',
  };
}

/** Puts the API's CORS headers on an answer in place of the function's own, which a configured API ignores. */
export function withCors(cors: CorsConfiguration, origin: string | undefined, answer: GatewayAnswer): GatewayAnswer {
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  const added = allowed === undefined ? {} : originHeaders(cors, allowed);
  return { ...answer, headers: { ...Object.fromEntries(own), ...added } };
}

function originHeaders(cors: CorsConfiguration, allowed: string): Record<string, string> {
  return {
    'access-control-allow-origin': allowed,
    ...listed('access-control-expose-headers', cors.exposeHeaders),
    ...(cors.allowCredentials === true && { 'access-control-allow-credentials': 'true' }),
  };
}

function allowedOrigin(cors: CorsConfiguration, origin: string): string | undefined {
  const allowed = cors.allowOrigins ?? [];
  if (allowed.includes('*')) return '*';
  const fits = allowed.some(entry =>
    entry.endsWith('://*') ? origin.startsWith(entry.slice(0, -1)) : entry === origin,
  );
  return fits ? origin : undefined;
}

function listed(name: string, values: string[] | undefined): Record<string, string> {
  return values === undefined || values.length === 0 ? {} : { [name]: values.join(',') };
}
