import { verify } from 'node:crypto';
import type { JwtAuthorizer } from './http-api-options.ts';
import type { TokenClaims } from './token-claims.ts';
import { KeysUnavailable, type TokenKey } from './token-keys.ts';

/** A token that is good, or why it is not. */
export type TokenCheck = { ok: true; claims: TokenClaims } | { ok: false; reason: string };

export type FindTokenKey = (issuer: string, keyId: string) => TokenKey | undefined | Promise<TokenKey | undefined>;

const digests = new Map<unknown, string>([
  ['RS256', 'RSA-SHA256'],
  ['RS384', 'RSA-SHA384'],
  ['RS512', 'RSA-SHA512'],
]);
const compactForm = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/**
 * Checks a token as an HTTP API's JWT authorizer does: an RSA signature by the issuer's key that `kid` names, `iss`,
 * `aud` (or `client_id` where there is no `aud`), `exp`, `nbf` and `iat`. It does not ask what the token is for: an ID
 * token passes as well as an access token. `nowMs` is in milliseconds, the claims are in seconds.
 */
export async function verifyToken(
  token: string,
  authorizer: JwtAuthorizer,
  findKey: FindTokenKey,
  nowMs: number,
): Promise<TokenCheck> {
  const parts = compactForm.exec(token);
  const header = parseObject(parts?.[1]);
  const claims = parseObject(parts?.[2]);
  if (parts === null || header === undefined || claims === undefined) return refuse('the token is not a JWT');

  const digest = digests.get(header.alg);
  if (digest === undefined) return refuse(`signing method ${printable(header.alg)} is invalid`);
  if (typeof header.kid !== 'string' || header.crit !== undefined) return refuse('the token header is invalid');
  if (claims.iss !== authorizer.issuer) return refuse('the token has an invalid issuer');

  const found = await lookUp(findKey, authorizer.issuer, header.kid);
  if (typeof found === 'string') return refuse(found);
  if (found.algorithm !== undefined && found.algorithm !== header.alg) return refuse('the token header is invalid');
  const signed = Buffer.from(`${parts[1]}.${parts[2]}`);
  if (!verify(digest, signed, found.key, Buffer.from(parts[3] ?? '', 'base64url'))) {
    return refuse('the token signature is invalid');
  }
  const unfit = whyUnfit(claims, authorizer, nowMs / 1000);
  return unfit === undefined ? { ok: true, claims } : refuse(unfit);
}

async function lookUp(findKey: FindTokenKey, issuer: string, keyId: string): Promise<TokenKey | string> {
  try {
    return (await findKey(issuer, keyId)) ?? 'unknown kid in the token header';
  } catch (error) {
    if (error instanceof KeysUnavailable) return 'OIDC discovery endpoint communication error';
    throw error;
  }
}

function whyUnfit(claims: TokenClaims, authorizer: JwtAuthorizer, now: number): string | undefined {
  if (!audienceFits(claims, authorizer.audience)) return 'the token does not have a valid audience';
  if (typeof claims.exp !== 'number' || claims.exp <= now) return 'the token has expired';
  if (claims.nbf !== undefined && !isPast(claims.nbf, now)) return 'the token is not valid yet';
  if (claims.iat !== undefined && !isPast(claims.iat, now)) return 'the token was issued in the future';
  return undefined;
}

function audienceFits(claims: TokenClaims, allowed: string[]): boolean {
  const audience = claims.aud ?? claims.client_id;
  return [audience].flat().some(entry => typeof entry === 'string' && allowed.includes(entry));
}

function isPast(time: unknown, now: number): boolean {
  return typeof time === 'number' && time <= now;
}

function parseObject(encoded: string | undefined): Record<string, unknown> | undefined {
  if (encoded === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text goes into a header, so only what a real algorithm's name is made of may pass. */
function printable(algorithm: unknown): string {
  return typeof algorithm === 'string' ? algorithm.replaceAll(/[^\w-]/g, '').slice(0, 16) : 'unknown';
}

function refuse(reason: string): TokenCheck {
  return { ok: false, reason };
}
