import { ApiError } from './api-error.ts';

/** How often a request is sent at most, and how long to wait before the next time. */
export interface RetryRules {
  /** How often a request is sent at most. */
  attempts: number;
  /** Milliseconds before the second time; doubled for each one after, up to ten seconds, and less by chance. */
  firstWait: number;
  /** A Retry-After of more seconds than this is not waited for. */
  longestWait: number;
  /** Waits, in milliseconds. */
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/**
 * Sends a request until it is answered or there is no use in sending it again. After 429 nothing has happened, so anything is
 * sent again; after 503, a broken connection or a request with the same key that is still being worked on, only what may
 * happen twice without harm.
 *
 * @throws ApiError or the error of `fetch`, of the last time.
 */
export async function sendUntilAnswered<Result>(
  send: () => Promise<Result>,
  { harmless, signal, rules }: { harmless: boolean; signal: AbortSignal | undefined; rules: RetryRules },
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const wait = waitAfter(error, attempt, harmless, rules);
      if (wait === undefined || attempt >= rules.attempts || signal?.aborted) {
        throw error;
      }
      await rules.wait(wait, signal);
    }
  }
}

function waitAfter(error: unknown, attempt: number, harmless: boolean, rules: RetryRules): number | undefined {
  const backoff = Math.min(rules.firstWait * 2 ** (attempt - 1), 10_000) * (0.5 + Math.random() / 2);
  if (!(error instanceof ApiError)) {
    // `fetch` fails with a TypeError when the connection does; anything else is a defect.
    return harmless && error instanceof TypeError ? backoff : undefined;
  }
  const worthIt =
    error.code === 'RATE_LIMITED' || (harmless && ['UNAVAILABLE', 'REQUEST_IN_FLIGHT'].includes(error.code));
  if (!worthIt || (error.retryAfter ?? 0) > rules.longestWait) {
    return undefined;
  }
  return error.retryAfter === undefined ? backoff : error.retryAfter * 1000;
}

/** Waits that long, or until told to stop. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const stop = () => reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
