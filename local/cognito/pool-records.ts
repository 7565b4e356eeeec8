import * as z from 'zod';

/** A code sent to a user; times are in milliseconds since 1970. */
const verificationCode = z.object({ code: z.string(), expiresAt: z.number(), failures: z.number() });
export type VerificationCode = z.infer<typeof verificationCode>;

const userStatus = z.enum(['UNCONFIRMED', 'CONFIRMED', 'FORCE_CHANGE_PASSWORD']);

/** A user of a pool. */
export const userRecord = z.object({
  /** A UUID that Cognito makes and never changes. */
  sub: z.uuid(),
  username: z.string(),
  attributes: z.record(z.string(), z.string()),
  status: userStatus,
  enabled: z.boolean(),
  /** A scrypt hash; see passwords.ts. */
  password: z.string(),
  /** When a temporary password was set. */
  temporarySince: z.number().optional(),
  groups: z.array(z.string()),
  createdAt: z.number(),
  modifiedAt: z.number(),
  signUpCode: verificationCode.optional(),
  resetCode: verificationCode.optional(),
});
export type User = z.infer<typeof userRecord>;

/** One sign-in: all tokens that come of it share its id as `origin_jti`, and are revoked with it. */
export const sessionRecord = z.object({
  id: z.uuid(),
  sub: z.uuid(),
  clientId: z.string(),
  authenticatedAt: z.number(),
  /** SHA-256 of the refresh token; the token itself is not kept. */
  refreshTokenHash: z.string(),
  expiresAt: z.number(),
  revoked: z.boolean(),
});
export type Session = z.infer<typeof sessionRecord>;

/** A private RSA key as a JWK. */
export const signingKeyRecord = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });
