import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { file } from '../file.ts';
import type { Route } from '../route.ts';

/**
 * Answers a file as it stands, compressed for who can read that: an HTTP API does not compress, and a function's answer may
 * have 6 MB. Files of public routes are the same for everybody, so they may be kept for a while; others are somebody's own.
 * Source: Lambda quotas, "Invocation payload".
 *
 * @throws Error for a media type that the contract does not name.
 */
export function writeFile(
  { status, media = [], alternatives = [], roles }: Pick<Route, 'status' | 'media' | 'alternatives' | 'roles'>,
  reply: unknown,
  acceptEncoding = '',
): APIGatewayProxyStructuredResultV2 {
  const { mediaType, content, filename } = file.parse(reply);
  if (![...media, ...alternatives].includes(mediaType)) {
    throw new Error(`The contract names no ${mediaType}`);
  }
  const compressed = /\bgzip\b(?!;q=0(\.0*)?(,|$))/.test(acceptEncoding.replaceAll(' ', ''));
  return {
    statusCode: status,
    headers: {
      'content-type': /^text\/|json$/.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType,
      ...(roles === 'public' ? publicHeaders : {}),
      vary: alternatives.length > 0 ? 'accept, accept-encoding' : 'accept-encoding',
      ...(filename === undefined ? {} : { 'content-disposition': `attachment; filename="${filename}"` }),
      ...(compressed ? { 'content-encoding': 'gzip' } : {}),
    },
    body: Buffer.from(compressed ? gzipSync(content) : content).toString('base64'),
    isBase64Encoded: true,
  };
}

/** A page may load what stands beside it and ask this API, nothing else. The library that draws it writes style attributes. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const publicHeaders = { 'cache-control': 'public, max-age=300', 'content-security-policy': pagePolicy };
