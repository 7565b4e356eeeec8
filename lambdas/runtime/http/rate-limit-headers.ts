import type { RateLimit } from '../../domain/rate-limit.ts';

/**
 * The fields that tell a caller how it stands with a limit: the policy, and what is left of it.
 * Source: draft-ietf-httpapi-ratelimit-headers-10 §3 and §4.
 */
export function rateLimitHeaders(limit: RateLimit | undefined): Record<string, string> {
  if (limit === undefined) {
    return {};
  }
  const { policy, quota, window, remaining, reset } = limit;
  return {
    'ratelimit-policy': `"${policy}";q=${quota};w=${window}`,
    ratelimit: `"${policy}";r=${remaining};t=${reset}`,
  };
}
