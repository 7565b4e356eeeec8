import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { type Caller, type Role, roles } from '../../domain/caller.ts';
import { BankError } from '../../domain/errors.ts';
import { id } from '../../domain/fields.ts';

/**
 * Who sent a request, from the claims that the gateway has checked and the address it saw.
 * The gateway hands every claim over as a string, a list as "[teller admin]", and does not tell an ID token from an access token.
 *
 * @throws BankError UNAUTHENTICATED without claims, or with those of an ID token or of a client instead of a user.
 */
export function callerOf(event: APIGatewayProxyEventV2WithJWTAuthorizer): Caller {
  const { http, requestId } = event.requestContext;
  const claims = event.requestContext.authorizer?.jwt.claims ?? {};
  const sub = id.safeParse(claims.sub);
  if (claims.token_use !== 'access' || !sub.success) {
    throw new BankError('UNAUTHENTICATED', { detail: 'Send the access token of a user, not an ID token.' });
  }
  return {
    id: sub.data,
    roles: groupsOf(String(claims['cognito:groups'] ?? '')),
    ip: http.sourceIp,
    userAgent: http.userAgent,
    sessionId: String(claims.origin_jti ?? ''),
    requestId,
  };
}

function groupsOf(claim: string): Role[] {
  const names = claim.replace(/^\[|\]$/g, '').split(/\s+/);
  return roles.filter(role => names.includes(role));
}
