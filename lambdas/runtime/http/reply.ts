import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { RateLimit } from '../../domain/rate-limit.ts';
import type { file } from '../file.ts';
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

/** A file that a handler answers in place of JSON, where its route has alternatives. */
export interface FileAnswer {
  file: z.input<typeof file>;
}

const versioned = z.object({ version: z.int() });

/**
 * Writes an answer, with no field that the contract does not declare. Reading something that has a version, or changing it under
 * If-Match, gives its ETag; reading the version that If-None-Match names gives 304 and no body.
 */
export function writeReply(
  route: Pick<Route, 'method' | 'conditional' | 'status' | 'media' | 'alternatives' | 'roles' | 'reply'>,
  answer: Answer<unknown> | FileAnswer,
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
): APIGatewayProxyStructuredResultV2 {
  if ('file' in answer) {
    return writeFile(route, answer.file, headers['accept-encoding']);
  }
  const { body, replayed, rateLimit } = answer;
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
      ...(route.alternatives ? { vary: 'accept' } : {}),
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
