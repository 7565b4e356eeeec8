import * as z from 'zod';

/** How a customer stands with one of its limits: so many of `quota` in `window` seconds remain, and more after `reset` seconds. */
export const rateLimit = z.object({
  policy: z.enum(['requests', 'transfers']),
  quota: z.int(),
  window: z.int(),
  remaining: z.int(),
  reset: z.int(),
});

export type RateLimit = z.output<typeof rateLimit>;
