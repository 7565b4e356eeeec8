import * as z from 'zod';
import { id, timestamp } from './fields.ts';

/** A customer, as the database answers it and callers read it: of the social security number, the last four digits. */
export const customer = z.object({
  id,
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  date_of_birth: z.string().nullable(),
  address: z.record(z.string(), z.string()).nullable(),
  ssn_last4: z.string().nullable(),
  kyc_verified: z.boolean(),
  status: z.enum(['ACTIVE', 'FROZEN']),
  version: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
});

export type Customer = z.output<typeof customer>;
