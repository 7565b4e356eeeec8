import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CognitoError } from './cognito-error.ts';
import type { PasswordPolicy } from './user-pool-definition.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
const keyLength = 32;
/**
 * Light, as the passwords of a machine's own bank are no secret, and thousands of users are made and signed in by a load or a run of the tests;
 * each hash names its own cost.
 */
const cost = { N: 1024, r: 8, p: 1 };

/** Hashes a password with scrypt off the main thread: `N.r.p.salt.hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, keyLength, cost);
  return [cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('.');
}

/** Whether a password is the one that was hashed. Without a hash it takes as long and says no. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [N, r, p, salt, hash] = (stored ?? '').split('.');
  if (hash === undefined) {
    await derive(password, Buffer.alloc(16), keyLength, cost);
    return false;
  }
  const given = await derive(password, Buffer.from(salt ?? '', 'base64url'), keyLength, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, Buffer.from(hash, 'base64url'));
}

/** The symbols that Cognito counts as such. */
const symbols = '^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+-';

/**
 * Throws `InvalidPasswordException` for a password that the pool does not take. Cognito says «did not conform with» when
 * a user is made and «does not conform to» later.
 */
export function checkPasswordPolicy(
  policy: PasswordPolicy,
  password: string,
  wording: 'did not conform with' | 'does not conform to',
): void {
  const fault = whyTooWeak(policy, password);
  if (fault !== undefined) {
    throw new CognitoError('InvalidPasswordException', `Password ${wording} policy: ${fault}`);
  }
}

function whyTooWeak(policy: PasswordPolicy, password: string): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (policy.requireUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.requireLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.requireNumbers && !/[0-9]/.test(password)) return 'Password must have numeric characters';
  if (policy.requireSymbols && ![...password].some(character => symbols.includes(character))) {
    return 'Password must have symbol characters';
  }
  return undefined;
}

/** A password for a user whom an administrator made without one; it fits every policy. */
export function temporaryPassword(policy: PasswordPolicy): string {
  const random = randomBytes(policy.minimumLength + 8).toString('base64url');
  return `Aa${randomInt(10)}!${random}`;
}
