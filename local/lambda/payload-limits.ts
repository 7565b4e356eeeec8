import { LambdaError } from './lambda-error.ts';

/** The documented 6 MB for a payload in or out, in bytes (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const synchronousLimit = 6 * 1024 * 1024;
/** 1 MB for an asynchronous event. */
const asynchronousLimit = 1024 * 1024;

/** Throws RequestTooLargeException for an event that Lambda would not take. */
export function checkRequestSize(event: string, asynchronous: boolean): void {
  const limit = asynchronous ? asynchronousLimit : synchronousLimit;
  const size = Buffer.byteLength(event);
  if (size <= limit) return;
  const type = asynchronous ? 'Event' : 'RequestResponse';
  throw new LambdaError(
    'RequestTooLargeException',
    `${size} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
  );
}

/** Whether a result is more than Lambda hands back. */
export function isResponseTooLarge(payload: string): boolean {
  return Buffer.byteLength(payload) > synchronousLimit;
}

/** The message that goes with `Function.ResponseSizeTooLarge`. */
export const responseTooLargeMessage = `Response payload size exceeded maximum allowed payload size (${synchronousLimit} bytes).`;
