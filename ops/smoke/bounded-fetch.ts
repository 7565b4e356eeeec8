/**
 * `fetch`, given up after a time. It fails as a broken connection does, whose outcome is as unknown: so the bank's client
 * sends again what may be sent twice. When the time for everything is over, nothing is sent any more.
 */
export function boundedFetch(milliseconds: number, allowed: AbortSignal): typeof fetch {
  return async (input, init) => {
    allowed.throwIfAborted();
    try {
      return await fetch(input, { ...init, signal: AbortSignal.any([AbortSignal.timeout(milliseconds), allowed]) });
    } catch (error) {
      allowed.throwIfAborted();
      if (error instanceof Error && error.name === 'TimeoutError') {
        throw new TypeError(`no answer within ${milliseconds / 1000} s`);
      }
      throw error;
    }
  };
}
