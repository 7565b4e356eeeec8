import { type GatewayAnswer, gatewayRefusal } from './gateway-answer.ts';
import type { HttpRoute, JwtAuthorizer } from './http-api-options.ts';
import { renderClaims, scopesOf } from './token-claims.ts';
import { type FindTokenKey, verifyToken } from './verify-token.ts';

/** What the event says of the authorizer: `requestContext.authorizer.jwt`. */
export interface AuthorizerContext {
  claims: Record<string, string>;
  scopes: string[] | null;
}

/** The way on, or the answer that refuses it. */
export type Authorization = { ok: true; context: AuthorizerContext } | { ok: false; answer: GatewayAnswer };

/** Where a token may stand in a request. */
export interface TokenCarrier {
  headers: Record<string, string>;
  query: Record<string, string>;
}

/**
 * Lets a request through a route's JWT authorizer: 401 without a good token, 403 when the route has scopes and the
 * token carries none of them. `www-authenticate` says why, in the form API Gateway uses.
 */
export async function authorizeRequest(
  carrier: TokenCarrier,
  route: HttpRoute,
  authorizer: JwtAuthorizer,
  findKey: FindTokenKey,
  nowMs: number,
): Promise<Authorization> {
  const token = tokenOf(carrier, authorizer.identitySource);
  if (token === undefined) return refuse(401, 'Bearer');
  const check = await verifyToken(token, authorizer, findKey, nowMs);
  if (!check.ok) return refuse(401, `Bearer scope="" error="invalid_token" error_description="${check.reason}"`);

  const claims = renderClaims(check.claims);
  const wanted = route.scopes ?? [];
  if (wanted.length === 0) return { ok: true, context: { claims, scopes: null } };
  const scopes = scopesOf(check.claims);
  if (wanted.some(scope => scopes.includes(scope))) return { ok: true, context: { claims, scopes } };
  const list = wanted.join(' ');
  return refuse(
    403,
    `Bearer scope="${list}" error="insufficient_scope" error_description="expected scopes: [${list}]"`,
  );
}

function refuse(status: 401 | 403, challenge: string): Authorization {
  return { ok: false, answer: gatewayRefusal(status, { 'www-authenticate': challenge }) };
}

function tokenOf(carrier: TokenCarrier, sources: string[]): string | undefined {
  for (const source of sources) {
    const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const value = place === 'header' ? carrier.headers[name.toLowerCase()] : carrier.query[name];
    const token = value?.replace(/^Bearer(?: +|$)/i, '').trim();
    if (token !== undefined && token !== '') return token;
  }
  return undefined;
}
