import * as z from 'zod';
import { CognitoError, invalidParameter, notAuthorized } from '../cognito-error.ts';
import { operation, signedOperation, text } from '../operation.ts';
import { bearerOf, sessionOfRefreshToken } from '../tokens.ts';

/** Ends every session of the token's user: its refresh tokens are refused and its access tokens revoked. */
export const globalSignOut = operation(z.object({ AccessToken: text }), async ({ AccessToken }, context) => {
  const pool = context.pools.byAccessToken(AccessToken);
  const { user } = await bearerOf(pool, AccessToken, context.now());
  pool.revokeSessions(user.sub);
  return {};
});

/** The same, for an administrator. */
export const adminUserGlobalSignOut = signedOperation(
  z.object({ UserPoolId: text, Username: text }),
  async (input, context) => {
    const pool = context.pools.byId(input.UserPoolId);
    pool.revokeSessions(pool.requireUser(input.Username).sub);
    return {};
  },
);

/** Ends the one session that a refresh token belongs to. Revoking it again changes nothing. */
export const revokeToken = operation(z.object({ ClientId: text, Token: text }), async (input, context) => {
  const { pool, client } = context.pools.byClient(input.ClientId);
  if (input.Token.split('.').length === 3) {
    throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type');
  }
  const session = sessionOfRefreshToken(pool, input.Token);
  if (session === undefined) throw invalidParameter('Invalid token received');
  if (session.clientId !== client.id) throw notAuthorized('Token was not issued to this client');
  pool.saveSession({ ...session, revoked: true });
  return {};
});
