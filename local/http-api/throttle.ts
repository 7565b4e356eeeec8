import type { ThrottleSettings } from './http-api-options.ts';

/** A token bucket: `burstLimit` requests at once, refilled at `rateLimit` a second. The result says who may pass. */
export function createThrottle(settings: ThrottleSettings, now: () => number): () => boolean {
  let tokens = settings.burstLimit;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(settings.burstLimit, tokens + (Math.max(0, at - filledAt) / 1000) * settings.rateLimit);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
