import { notAuthorized } from './cognito-error.ts';

const freeAttempts = 5;
const longestLockoutMs = 15 * 60 * 1000;

/** Counts failed sign-ins of users and locks them out for a while. */
export interface SignInLockout {
  /** Throws while the user is locked out; such an attempt does not count. */
  check(sub: string): void;
  failed(sub: string): void;
  succeeded(sub: string): void;
}

/**
 * Cognito's lockout: the fifth failure locks a user out for a second, each further one for twice as long, to about
 * fifteen minutes. A success after it, or fifteen minutes without an attempt, starts afresh.
 */
export function createSignInLockout(now: () => number): SignInLockout {
  const failures = new Map<string, { count: number; at: number }>();

  function recent(sub: string): { count: number; at: number } | undefined {
    const known = failures.get(sub);
    const lockout = known === undefined ? 0 : lockoutMs(known.count);
    return known !== undefined && now() - known.at < lockout + longestLockoutMs ? known : undefined;
  }

  return {
    check(sub) {
      const known = recent(sub);
      if (known !== undefined && now() < known.at + lockoutMs(known.count)) {
        throw notAuthorized('Password attempts exceeded');
      }
    },
    failed(sub) {
      failures.set(sub, { count: (recent(sub)?.count ?? 0) + 1, at: now() });
    },
    succeeded(sub) {
      failures.delete(sub);
    },
  };
}

function lockoutMs(count: number): number {
  return count < freeAttempts ? 0 : Math.min(2 ** (count - freeAttempts) * 1000, longestLockoutMs);
}
