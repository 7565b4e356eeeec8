import * as z from 'zod';
import type { Caller } from '../domain/caller.ts';
import { BankError, type ErrorCode, type ErrorDetails, isErrorCode } from '../domain/errors.ts';
import { type RateLimit, rateLimit } from '../domain/rate-limit.ts';
import { transaction } from '../domain/transaction.ts';

/** A caller and whether it is held to its own accounts, as the SQL functions take them. */
export interface ActingCaller extends Caller {
  ownAccountsOnly: boolean;
}

/** What every command carries. Without a key of the caller's, the id made here is the key: a lost reply can be asked for again. */
export interface Command {
  caller: ActingCaller;
  key: string | undefined;
}

/** The caller as the jsonb parameter of every SQL function. */
export function callerJson(caller: ActingCaller): string {
  return JSON.stringify({
    id: caller.id,
    roles: caller.roles,
    own_accounts_only: caller.ownAccountsOnly,
    request_id: caller.requestId,
    ip: caller.ip,
    user_agent: caller.userAgent,
    session_id: caller.sessionId,
  });
}

const refusal = z.object({
  refusal: z.object({ code: z.string(), field: z.string().nullable(), message: z.string().optional() }),
  transaction: transaction.optional(),
  replayed: z.boolean().optional(),
  rate_limit: rateLimit.optional(),
});

/** What an SQL function answers: a refusal, looked for first as it may carry a FAILED transaction, or what was asked for. */
export function answerOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.union([
    refusal,
    z.object({ ...shape, replayed: z.boolean().default(false), rate_limit: rateLimit.optional() }),
  ]);
}

/**
 * Returns an answer that is not a refusal.
 *
 * @throws BankError with the refusal's code, its field, the FAILED transaction that recorded it, and when to come back.
 */
export function accept<Answer extends object>(
  answer: Answer | z.output<typeof refusal>,
): Exclude<Answer, z.output<typeof refusal>> {
  if (!isRefusal(answer)) {
    return answer as Exclude<Answer, z.output<typeof refusal>>;
  }
  const { code, field, message } = answer.refusal;
  if (!isErrorCode(code)) {
    throw new Error(`SQL answered a code that is not in the list: ${code}`);
  }
  const error = new BankError(code);
  throw new BankError(code, {
    ...(field === null ? {} : { fields: [{ field, message: message ?? error.title }] }),
    ...(answer.transaction
      ? { transaction: { id: answer.transaction.id, ref: answer.transaction.transaction_ref } }
      : {}),
    ...retryOf(code, answer.rate_limit),
    replayed: answer.replayed ?? false,
  });
}

function retryOf(code: ErrorCode, rateLimit: RateLimit | undefined): Pick<ErrorDetails, 'retryAfter' | 'rateLimit'> {
  const wait = code === 'RATE_LIMITED' ? rateLimit?.reset : code === 'REQUEST_IN_FLIGHT' ? 1 : undefined;
  return { ...(wait === undefined ? {} : { retryAfter: wait }), ...(rateLimit ? { rateLimit } : {}) };
}

function isRefusal(answer: object): answer is z.output<typeof refusal> {
  return 'refusal' in answer;
}
