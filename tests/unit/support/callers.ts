import type { Caller, Role } from '../../../lambdas/domain/caller.ts';
import type { AuthorizedCaller } from '../../../lambdas/runtime/http/authorize.ts';

/** The customer of the unit tests. */
export const customerId = '018f2f3a-0000-7000-8000-00000000c001';
/** Another customer. */
export const strangerId = '018f2f3a-0000-7000-8000-00000000c002';

/** Somebody in these groups, before a route has let them through. */
export function callerIn(...roles: Role[]): Caller {
  return {
    id: customerId,
    roles,
    ip: '192.0.2.7',
    userAgent: 'unit-test/1',
    sessionId: 'session-1',
    requestId: 'request-1',
  };
}

/** A customer whom a route let through: held to its own accounts. */
export const customer: AuthorizedCaller = { ...callerIn('customer'), ownAccountsOnly: true };
