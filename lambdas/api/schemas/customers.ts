import * as z from 'zod';
import { customer } from '../../domain/customer.ts';
import { id } from '../../domain/fields.ts';
import { dateOfBirth, ssnText } from '../../domain/identity.ts';
import { plainText, reason } from './parts.ts';

export { customer };

const name = plainText(100).regex(/\S/, { error: 'must not be empty' });
const email = z.email({ error: 'must be an email address' }).max(254, { error: 'must have at most 254 characters' });
const phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a phone number in E.164 form such as "+12025550123"' });

export const address = z.strictObject({
  line1: plainText(100).min(1, { error: 'must not be empty' }),
  line2: plainText(100).optional(),
  city: plainText(100).min(1, { error: 'must not be empty' }),
  state: plainText(100).optional(),
  postal_code: plainText(20).min(1, { error: 'must not be empty' }),
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'must be an ISO 3166 code of two capitals such as "US"' }),
});

export const registerCustomerRequest = z.strictObject({
  first_name: name,
  last_name: name,
  email,
  phone,
  ssn: ssnText,
  date_of_birth: dateOfBirth,
  address,
});

export const updateCustomerRequest = z
  .strictObject({ email: email.optional(), phone: phone.optional(), address: address.optional() })
  .refine(body => Object.values(body).some(value => value !== undefined), {
    error: 'must change at least one of email, phone, address',
  });

export const kycRequest = z.strictObject({
  decision: z.enum(['VERIFIED', 'REJECTED'], { error: 'must be VERIFIED or REJECTED' }),
  reason,
});

export const revealedSsn = z.object({ customer_id: id, ssn: z.string() });
