import * as z from 'zod';

/** Where seals are kept, and the KMS key that signs them. */
export const sealVariables = {
  AUDIT_BUCKET: z.string().min(1),
  SEAL_KEY_ID: z.string().min(1),
};
