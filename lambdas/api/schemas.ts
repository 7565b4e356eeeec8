import * as z from 'zod';
import { account, accountTypes } from '../domain/account.ts';
import { auditLog } from '../domain/audit/audit-log.ts';
import { auditFault, rowFacts } from '../domain/audit/fault.ts';
import { inclusionProof } from '../domain/audit/inclusion-proof.ts';
import { sealAlgorithm, sealHeader } from '../domain/audit/seal-form.ts';
import { customer } from '../domain/customer.ts';
import { customerLimits } from '../domain/customer-limits.ts';
import { id, timestamp } from '../domain/fields.ts';
import { dateOfBirth, ssnText } from '../domain/identity.ts';
import { accountInterest } from '../domain/interest.ts';
import { currencyCode, interestRate, limitAmount, moneyText, positiveAmount } from '../domain/money.ts';
import { transaction } from '../domain/transaction.ts';
import { file } from '../runtime/file.ts';
import { moment, page, plainText, reason, wholeNumber } from './schemas/parts.ts';

export * from './schemas/fees.ts';
export * from './schemas/fraud.ts';
export * from './schemas/holds.ts';
export * from './schemas/reconciliations.ts';
export * from './schemas/standing-orders.ts';
export * from './schemas/statements.ts';
export * from './schemas/transfer-batches.ts';
export {
  account,
  accountInterest,
  auditFault,
  auditLog,
  customer,
  customerLimits,
  file,
  inclusionProof,
  rowFacts,
  sealHeader,
  transaction,
};

export const health = z.object({ status: z.literal('healthy') });

export const fileParam = z.strictObject({ file: z.string().max(100) });

export const balance = z.object({
  account_id: id,
  balance: moneyText,
  currency: currencyCode,
  /** What was held, and so what could be moved out, at a moment of the past is not known. */
  held: moneyText.nullable(),
  available_balance: moneyText.nullable(),
  at: timestamp.optional(),
});
export const balanceQuery = z.strictObject({ at: moment.optional() });

/** What every movement of money answers: its transaction, under the name that tells it from an account's id. */
export const receipt = z.object({ transaction_id: id, ...transaction.omit({ id: true, failure_code: true }).shape });

export const idParam = z.strictObject({ id });

export const accountsQuery = z.strictObject({ customer_id: id.optional(), ...page });
export const accountsPage = z.object({ accounts: z.array(account), next_cursor: z.string().nullable() });

export const transactionsQuery = z.strictObject({ account_id: id.optional(), ...page });
export const transactionsPage = z.object({ transactions: z.array(transaction), next_cursor: z.string().nullable() });

export const openAccountRequest = z.strictObject({
  customer_id: id.optional(),
  account_type: z.enum(accountTypes, { error: `must be one of ${accountTypes.join(', ')}` }),
  currency: currencyCode.default('USD'),
  interest_rate: interestRate.optional(),
  overdraft_limit: limitAmount.optional(),
});

const description = plainText(200).optional();

export const cashRequest = z.strictObject({ account_id: id, amount: positiveAmount, description });

/** A day for which something counts that is entered later. Which are allowed is checked in SQL. */
const pastDay = z.iso
  .date({ error: 'must be a day such as "2026-02-28"', abort: true })
  .refine(day => day >= '1900-01-01', {
    error: 'must be a day of this bank, such as "2026-02-28"',
  });

export const reversalRequest = z.strictObject({ description, value_date: pastDay.optional() });

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

export const reasonRequest = z.strictObject({ reason });

export const revealedSsn = z.object({ customer_id: id, ssn: z.string() });

export const updateAccountRequest = z
  .strictObject({
    overdraft_limit: limitAmount.optional(),
    interest_rate: interestRate.optional(),
    interest_rate_from: pastDay.optional(),
  })
  .refine(body => body.overdraft_limit !== undefined || body.interest_rate !== undefined, {
    error: 'must change at least one of overdraft_limit, interest_rate',
  })
  .refine(body => body.interest_rate_from === undefined || body.interest_rate !== undefined, {
    path: ['interest_rate_from'],
    error: 'must come with an interest_rate',
  });

export const closeAccountRequest = z.strictObject({ reason, sweep_to_account_id: id.optional() });

export const setLimitsRequest = z.strictObject({
  transfers_per_minute: wholeNumber(0, 10_000),
  requests_per_hour: wholeNumber(0, 1_000_000),
  reason,
});

export const userStanding = z.object({ user_id: id, disabled: z.boolean() });

/** An instant in a query, in one of the forms of RFC 3339 that PostgreSQL reads as they are meant. */
const instant = z.iso
  .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 time such as "2026-03-01T09:30:00Z"' })
  .regex(/^(?!0000)[^.]*(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):\d\d)$/, {
    error: 'must have at most microseconds, and an offset of at most 14 hours',
  });

const nameOf = (what: string) => z.string().regex(/^\w{1,100}$/, { error: `must be the name of ${what}` });

export const auditLogsQuery = z.strictObject({
  entity_type: nameOf('a kind of thing such as "account"').optional(),
  entity_id: id.optional(),
  actor_id: id.optional(),
  action: nameOf('an event such as "AccountFrozen"').optional(),
  from: instant.optional(),
  to: instant.optional(),
  ...page,
});
export const auditLogsPage = z.object({ audit_logs: z.array(auditLog), next_cursor: z.string().nullable() });

export const auditVerificationQuery = z.strictObject({ cursor: page.cursor });
export const auditVerification = z.object({
  intact: z.boolean(),
  complete: z.boolean(),
  seals: z.int(),
  rows: z.int(),
  unsealed: z.int(),
  checked_up_to: z.int(),
  first_fault: auditFault.nullable(),
  next_cursor: z.string().nullable(),
});

export const sealPublicKey = z.object({
  key_id: z.string(),
  algorithm: z.literal(sealAlgorithm),
  public_key: z.string(),
});
