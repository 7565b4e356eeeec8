import type { IncomingMessage } from 'node:http';
import type { Pools } from './pools.ts';

const documentPath = /^\/([^/?]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

/**
 * Answers for a pool's key set and its OpenID configuration; undefined for any other request. The issuer is the one in
 * the tokens; the key set's address leads to this server.
 */
export function answerDiscovery(pools: Pools, request: IncomingMessage): { status: number; body: object } | undefined {
  const [, id = '', document] = documentPath.exec(request.url ?? '') ?? [];
  if (request.method !== 'GET' || document === undefined) return undefined;
  const pool = pools.byIssuer(pools.issuerOf(id));
  if (pool === undefined) return { status: 404, body: { message: `User pool ${id} does not exist.` } };
  if (document === 'jwks.json') return { status: 200, body: { keys: [pool.signingKey.publicJwk] } };
  return {
    status: 200,
    body: {
      issuer: pool.issuer,
      jwks_uri: `http://${request.headers.host}/${id}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    },
  };
}
