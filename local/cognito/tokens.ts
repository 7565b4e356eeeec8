import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { notAuthorized, userDisabled, userNotFound } from './cognito-error.ts';
import type { Session, User } from './pool-records.ts';
import type { UserPool } from './user-pool.ts';
import type { UserPoolClientDefinition } from './user-pool-definition.ts';

/** What a client gets for signing in; `ExpiresIn` is in seconds. Refreshing gives no new refresh token. */
export interface AuthenticationResult {
  AccessToken: string;
  IdToken: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
  RefreshToken?: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** The scope that lets a token's bearer act on its own user. */
const ownUserScope = 'aws.cognito.signin.user.admin';
const booleanAttributes = new Set(['email_verified', 'phone_number_verified']);

/** Starts a session for a user who has proved who it is. */
export async function startSession(
  pool: UserPool,
  client: UserPoolClientDefinition,
  user: User,
  nowMs: number,
): Promise<AuthenticationResult> {
  const id = randomUUID();
  const refreshToken = `${Buffer.from(id).toString('base64url')}.${randomBytes(48).toString('base64url')}`;
  const session: Session = {
    id,
    sub: user.sub,
    clientId: client.id,
    authenticatedAt: nowMs,
    refreshTokenHash: digest(refreshToken).toString('base64url'),
    expiresAt: nowMs + client.refreshTokenDays * dayMs,
    revoked: false,
  };
  pool.saveSession(session);
  return { ...(await signTokens(pool, client, user, session, nowMs)), RefreshToken: refreshToken };
}

/** Finds the session that a refresh token belongs to. */
export function sessionOfRefreshToken(pool: UserPool, refreshToken: string): Session | undefined {
  const [id = ''] = refreshToken.split('.');
  const session = pool.session(Buffer.from(id, 'base64url').toString('utf8'));
  if (session === undefined) return undefined;
  const stored = Buffer.from(session.refreshTokenHash, 'base64url');
  return timingSafeEqual(stored, digest(refreshToken)) ? session : undefined;
}

/** Signs an access token and an ID token for a session. Both are RS256, with the pool's key id in their header. */
export async function signTokens(
  pool: UserPool,
  client: UserPoolClientDefinition,
  user: User,
  session: Session,
  nowMs: number,
): Promise<AuthenticationResult> {
  const now = Math.floor(nowMs / 1000);
  const common = {
    sub: user.sub,
    ...(user.groups.length > 0 && { 'cognito:groups': user.groups }),
    iss: pool.issuer,
    origin_jti: session.id,
    event_id: randomUUID(),
    auth_time: Math.floor(session.authenticatedAt / 1000),
    iat: now,
  };
  const access = {
    ...common,
    client_id: client.id,
    token_use: 'access',
    scope: ownUserScope,
    username: user.username,
    exp: now + client.accessTokenMinutes * 60,
    jti: randomUUID(),
  };
  const id = {
    ...attributeClaims(user),
    ...common,
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
    exp: now + client.idTokenMinutes * 60,
    jti: randomUUID(),
  };
  const sign = (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ kid: pool.signingKey.id, alg: 'RS256' }).sign(pool.signingKey.privateKey);
  return {
    AccessToken: await sign(access),
    IdToken: await sign(id),
    ExpiresIn: client.accessTokenMinutes * 60,
    TokenType: 'Bearer',
  };
}

/**
 * The user and the session of an access token. Throws `NotAuthorizedException` for a token that is forged, expired,
 * revoked or of a disabled user, `UserNotFoundException` when its user is gone.
 */
export async function bearerOf(
  pool: UserPool,
  accessToken: string,
  nowMs: number,
): Promise<{ user: User; session: Session }> {
  const claims = await verifiedClaims(pool, accessToken, nowMs);
  if (claims.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  const user = pool.userBySub(claims.sub ?? '');
  if (user === undefined) throw userNotFound();
  const session = typeof claims.origin_jti === 'string' ? pool.session(claims.origin_jti) : undefined;
  if (!user.enabled) throw userDisabled();
  if (session === undefined || session.revoked) throw notAuthorized('Access Token has been revoked');
  return { user, session };
}

async function verifiedClaims(pool: UserPool, accessToken: string, nowMs: number) {
  try {
    const verified = await jwtVerify(accessToken, pool.signingKey.publicKey, {
      issuer: pool.issuer,
      algorithms: ['RS256'],
      currentDate: new Date(nowMs),
    });
    return verified.payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
    if (error instanceof errors.JOSEError) throw notAuthorized('Invalid Access Token');
    throw error;
  }
}

function attributeClaims(user: User): Record<string, unknown> {
  const claims = Object.entries(user.attributes).map(([name, value]): [string, unknown] => [
    name,
    booleanAttributes.has(name) ? value === 'true' : value,
  ]);
  return Object.fromEntries(claims);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
