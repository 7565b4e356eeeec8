import { BankError } from '../domain/errors.ts';

/**
 * PostgreSQL's words for "nothing was changed" or "who knows": serialization, deadlock, lock and statement time-outs, a writer
 * that has just become a reader, shutdown, too many connections, a lost one; and a password that was replaced just now, for the
 * next try reads its secret anew.
 */
const repeatableStates = new Set([
  '25006',
  '28P01',
  '40001',
  '40P01',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '57P05',
]);

/** Data API and SDK errors after which the outcome is "nothing happened" or "unknown": every command is safe to send again. */
const repeatableNames = new Set([
  'DatabaseResumingException',
  'DatabaseUnavailableException',
  'StatementTimeoutException',
  'InternalServerErrorException',
  'ServiceUnavailableError',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestTimeoutException',
  'TimeoutError',
  'AbortError',
  'NetworkingError',
]);

const repeatableSystemCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** What the Data API says in words, without a SQLSTATE or a name of its own. */
const repeatableMessages = /is resuming after being auto-paused|^FATAL: +password authentication failed/;

/** The SQLSTATE that the Data API writes at the end of a database error's message, or undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error ? /SQLState: ([0-9A-Z]{5})$/.exec(error.message)?.[1] : undefined;
}

/** Whether a failed call may be sent again: the outcome is nothing or unknown, and a command's id makes a second effect impossible. */
export function isRepeatable(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const state = sqlState(error);
  if (state !== undefined) {
    return repeatableStates.has(state);
  }
  if (repeatableNames.has(error.name) || repeatableMessages.test(error.message)) {
    return true;
  }
  const { code } = error as NodeJS.ErrnoException;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  return (code !== undefined && repeatableSystemCodes.has(code)) || status === 429 || status >= 500;
}

/** What a caller is told when the database could not be reached in time: nothing of why, and when to come back. */
export function databaseUnavailable(cause: unknown): BankError {
  return new BankError('UNAVAILABLE', {
    detail: 'The request may be sent again, with the same Idempotency-Key.',
    retryAfter: 1,
    cause,
  });
}
