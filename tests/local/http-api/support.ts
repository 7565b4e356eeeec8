import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { JSONWebKeySet } from 'jose';
import { onTestFinished } from 'vitest';
import type { HttpApiOptions, Invocation } from '../../../local/http-api/http-api-options.ts';
import { startHttpApi } from '../../../local/http-api/start-http-api.ts';

export const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Test';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The issuer's published keys. */
export const keys: JSONWebKeySet = {
  keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'key-1', alg: 'RS256', use: 'sig' }],
};

/** Claims of an access token that the test API accepts, with changes; undefined removes one. */
export function goodClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer, client_id: 'app', sub: 'someone', exp: now + 600, iat: now - 1, ...changes };
}

/** Signs claims with RS256, by the issuer's own key unless told otherwise. */
export function sign(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  key: KeyObject = pair.privateKey,
): string {
  const signed = [{ alg: 'RS256', kid: 'key-1', ...header }, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

/** An API with one guarded and some open routes; ends with the test. Returns where it is and what it invoked. */
export async function serve(options: Partial<HttpApiOptions> = {}) {
  const events: APIGatewayProxyEventV2[] = [];
  const api = await startHttpApi({
    apiId: 'abc123',
    stage: '$default',
    routes: [
      { routeKey: 'ANY /open/{proxy+}', functionName: 'open' },
      { routeKey: 'GET /guarded', functionName: 'guarded', authorizer: 'tokens' },
    ],
    authorizers: [{ name: 'tokens', issuer, audience: ['app'], identitySource: ['$request.header.Authorization'] }],
    jwks: async () => keys,
    invoke: async (_name, event): Promise<Invocation> => {
      events.push(event);
      return { kind: 'result', payload: { statusCode: 200, body: 'ok' } };
    },
    ...options,
  });
  onTestFinished(() => api.close());
  return { ...api, events };
}

/** An API whose function returns `payload`. */
export function serving(payload: unknown) {
  return serve({ invoke: async () => ({ kind: 'result', payload }) });
}

/** Sends a request byte for byte as asked (fetch would normalise paths and headers) and reads the whole answer. */
export function send(
  url: string,
  path: string,
  options: { method?: string; headers?: OutgoingHttpHeaders | string[]; body?: string | Buffer } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers, agent: false },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** The only event an API was invoked with. */
export function only(events: APIGatewayProxyEventV2[]): APIGatewayProxyEventV2 {
  const [event, ...more] = events;
  if (event === undefined || more.length > 0) throw new Error(`expected one event, there were ${events.length}`);
  return event;
}
