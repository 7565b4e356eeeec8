import { type ErrorCode, errorCodes } from '../lambdas/domain/errors.ts';
import type { Route } from '../lambdas/runtime/route.ts';

/** Every error that a route may answer: those that its contract names, and those that any route of its kind may. */
export function refusalsOf(route: Route): ErrorCode[] {
  const all = new Set<ErrorCode>([
    'INVALID_REQUEST',
    'RATE_LIMITED',
    'INTERNAL_ERROR',
    'UNAVAILABLE',
    ...route.refusals,
  ]);
  if (route.roles !== 'public') {
    all.add('UNAUTHENTICATED').add('FORBIDDEN').add('USER_DISABLED').add('CUSTOMER_FROZEN');
  }
  if (route.body) {
    all.add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  }
  return errorCodes.filter(code => all.has(code));
}
