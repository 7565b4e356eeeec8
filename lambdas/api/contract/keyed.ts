/** What every route that takes an Idempotency-Key may answer. */
export const keyed = ['REQUEST_IN_FLIGHT', 'IDEMPOTENCY_KEY_REUSED'] as const;
