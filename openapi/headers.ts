import type { ZodOpenApiComponentsObject } from 'zod-openapi';
import type { Route } from '../lambdas/runtime/route.ts';

const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** The headers that answers may have, by the names that components know them by. */
export const headers: NonNullable<ZodOpenApiComponentsObject['headers']> = {
  RequestId: {
    description: 'The id of the request, to name when asking about it. Logs hold it too.',
    schema: { type: 'string', examples: ['Q1w2E3r4t5Y6u7I='] },
  },
  ETag: {
    description: 'The version that was read, for If-Match and If-None-Match.',
    schema: { type: 'string', examples: ['"3"'] },
  },
  IdempotentReplayed: {
    description: '`true` on the answer to an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', const: 'true' },
  },
  RateLimitPolicy: {
    description: 'The limit that the request counted for: `q` requests in `w` seconds.',
    schema: { type: 'string', examples: ['"transfers";q=10;w=60'] },
  },
  RateLimit: {
    description: 'What is left of it: `r` requests; more after `t` seconds.',
    schema: { type: 'string', examples: ['"transfers";r=9;t=42'] },
  },
  RetryAfter: {
    description: 'Seconds after which the same request may be sent again.',
    schema: { type: 'integer', examples: [1] },
  },
  WwwAuthenticate: { description: 'Always `Bearer`.', schema: { type: 'string', const: 'Bearer' } },
};

/** The request headers that some routes take. */
export const headerParameters: NonNullable<ZodOpenApiComponentsObject['parameters']> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Names the command, so that sending it again does it once: 1 to 255 printable ASCII characters, for example a UUID. ' +
      'The same key with the same request gets the first answer again; with another request, 422.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$', examples: ['5a1f5b52-8f0e-4bb1-9c5e-3d0f5b1e7a10'] },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that reading gave, or `*` for any version. Another version by now: 412.',
    schema: { type: 'string', examples: ['"3"'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'ETags that the reader has already: if the version is one of them, 304 and no body.',
    schema: { type: 'string', examples: ['"3"'] },
  },
};

/** The header parameters of a route; `versioned` says whether its reply has an ETag. */
export function headerParametersOf(route: Route, versioned: boolean): { $ref: string }[] {
  const names = [
    ...(route.idempotent ? ['IdempotencyKey'] : []),
    ...(route.conditional ? ['IfMatch'] : []),
    ...(route.method === 'GET' && versioned ? ['IfNoneMatch'] : []),
  ];
  return names.map(name => ({ $ref: `#/components/parameters/${name}` }));
}

/** The headers of a route's reply. */
export function replyHeaders(route: Route, versioned: boolean) {
  return {
    'x-request-id': headerRef('RequestId'),
    ...(versioned && (route.method === 'GET' || route.conditional) ? { etag: headerRef('ETag') } : {}),
    ...(route.idempotent ? { 'idempotent-replayed': headerRef('IdempotentReplayed') } : {}),
    ...(countsForTransfers(route)
      ? { 'ratelimit-policy': headerRef('RateLimitPolicy'), ratelimit: headerRef('RateLimit') }
      : {}),
  };
}

/** The headers of an error with this status. */
export function problemHeaders(status: number) {
  return {
    'x-request-id': headerRef('RequestId'),
    ...(status === 401 ? { 'www-authenticate': headerRef('WwwAuthenticate') } : {}),
    ...([409, 429, 503].includes(status) ? { 'retry-after': headerRef('RetryAfter') } : {}),
    ...(status === 429 ? { 'ratelimit-policy': headerRef('RateLimitPolicy'), ratelimit: headerRef('RateLimit') } : {}),
  };
}

function countsForTransfers(route: Route): boolean {
  return route.capability === 'payments' && route.path === '/transfer';
}
