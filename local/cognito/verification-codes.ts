import { randomInt } from 'node:crypto';
import { CognitoError, codeExpired, codeMismatch } from './cognito-error.ts';
import type { User, VerificationCode } from './pool-records.ts';

const hourMs = 60 * 60 * 1000;
/** A sign-up code lasts a day, a code to reset a password an hour. */
export const signUpCodeLifetimeMs = 24 * hourMs;
export const resetCodeLifetimeMs = hourMs;
const allowedFailures = 5;

/** Where a code went, as Cognito tells the client. */
export interface CodeDelivery {
  AttributeName: string;
  DeliveryMedium: 'EMAIL' | 'SMS';
  Destination: string;
}

/** Six digits that expire at a time. */
export function newCode(expiresAt: number): VerificationCode {
  return { code: String(randomInt(1_000_000)).padStart(6, '0'), expiresAt, failures: 0 };
}

/**
 * Checks a code given by a user. Throws `ExpiredCodeException` when there is none or its time is over,
 * `CodeMismatchException` for a wrong one after `onFailure`, `LimitExceededException` after five wrong ones.
 */
export function checkCode(
  expected: VerificationCode | undefined,
  given: string,
  nowMs: number,
  onFailure: (failed: VerificationCode) => void,
): void {
  if (expected === undefined || nowMs >= expected.expiresAt) throw codeExpired();
  if (expected.failures >= allowedFailures) {
    throw new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  }
  if (given === expected.code) return;
  onFailure({ ...expected, failures: expected.failures + 1 });
  throw codeMismatch();
}

/** The attribute of a user that a code can be sent to, from those a pool verifies. */
export function deliverable(user: User, attributes: string[]): { attribute: string; to: string } | undefined {
  for (const attribute of attributes) {
    const to = user.attributes[attribute];
    if (to !== undefined) return { attribute, to };
  }
  return undefined;
}

/** `alice@example.com` is told as `a***@e***`, a phone number as `+*******1234`. */
export function deliveryDetails(attribute: string, to: string): CodeDelivery {
  if (attribute === 'phone_number') {
    return { AttributeName: attribute, DeliveryMedium: 'SMS', Destination: `+*******${to.slice(-4)}` };
  }
  const [local = '', domain = ''] = to.split('@');
  const masked = `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: masked };
}
