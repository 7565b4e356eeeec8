import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { RateLimit } from '../../domain/rate-limit.ts';
import type { Route } from '../route.ts';
import { writeFile } from './file.ts';
import { entityTagOf, isKnownVersion } from './precondition.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';

/** What a handler answers. */
export interface Answer<Body> {
  body: Body;
  /** The answer to an earlier request with the same key. */
  replayed?: boolean;
  /** How the caller stands with the limit that the request counted for. */
  rateLimit?: RateLimit | undefined;
}

const versioned = z.object({ version: z.int() });

/**
 * Writes an answer, with no field that the contract does not declare. Reading something that has a version, or changing it under
 * If-Match, gives its ETag; reading the version that If-None-Match names gives 304 and no body.
 */
export function writeReply(
  route: Pick<Route, 'method' | 'conditional' | 'status' | 'media' | 'reply'>,
  { body, replayed, rateLimit }: Answer<unknown>,
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
): APIGatewayProxyStructuredResultV2 {
  const reply = route.reply.parse(body);
  if (route.media) {
    return writeFile(route, reply, headers['accept-encoding']);
  }
  const tag = route.method === 'GET' || route.conditional ? tagOf(reply) : undefined;
  const etag: Record<string, string> = tag === undefined ? {} : { etag: tag };
  if (route.method === 'GET' && tag !== undefined && isKnownVersion(headers['if-none-match'], tag)) {
    return { statusCode: 304, headers: etag };
  }
  return {
    statusCode: route.status,
    headers: {
      'content-type': 'application/json',
      ...etag,
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
      ...rateLimitHeaders(rateLimit),
    },
    body: JSON.stringify(reply),
  };
}

function tagOf(reply: unknown): string | undefined {
  const { data } = versioned.safeParse(reply);
  return data && entityTagOf(data.version);
}
