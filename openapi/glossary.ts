/** What a field means, and a value that it may have. */
export interface FieldNote {
  description: string;
  example?: unknown;
}

const account = '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01';
const customer = '5f0d7a52-3c0e-4a53-8f1e-0c8f6a1d2b77';
const transaction = '0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42';
const auditLog = '0198d5f1-02b5-7e21-9c40-2d6b8a1f3c77';
const hash = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';

/**
 * Every field of the API, in one place: a field means the same wherever it stands. Where it does not quite, the name of
 * the schema it stands in comes before its own.
 */
export const glossary: Readonly<Record<string, FieldNote>> = {
  id: { description: 'The id, made by the bank.', example: account },
  'Customer.id': { description: "The customer's id: the `sub` of its user in Cognito.", example: customer },
  'Transaction.id': { description: 'The id, made by the bank.', example: transaction },
  'AuditLog.id': { description: 'The id of the event that the row tells of.', example: auditLog },
  'SealHeader.id': { description: 'The id of a row of the audit.', example: auditLog },

  account_id: { description: 'The id of an account.', example: account },
  account_number: { description: 'The number that people know the account by.', example: '1000000018' },
  account_type: { description: 'The kind of account.', example: 'CHECKING' },
  accounts: { description: 'The accounts of this page, newest first.' },
  action: { description: 'What was done: the type of the event.', example: 'AccountFrozen' },
  actor_id: { description: 'Who did it: the `sub` of a user in Cognito.', example: customer },
  actor_roles: { description: 'The roles that the actor had.', example: ['analyst'] },
  address: { description: 'Where the customer lives.' },
  'Customer.address': {
    description: 'Where the customer lives, in the fields that it was given in.',
    example: { line1: '742 Evergreen Terrace', city: 'Springfield', state: 'IL', postal_code: '62704', country: 'US' },
  },
  about: {
    description: 'The row, by its event where there is one; null where there is neither, and where no row is at fault.',
    example: null,
  },
  algorithm: {
    description: 'How the seals are signed, by its name in KMS; the signature is DER.',
    example: 'ECDSA_SHA_256',
  },
  amount: { description: 'How much money, in the currency of the accounts.', example: '12.50' },
  audit_log: { description: 'The row, whose canonical JSON (RFC 8785) is the leaf.' },
  audit_log_id: { description: 'The id of the row; null where no row is at fault.', example: auditLog },
  audit_logs: { description: 'The rows of this page, newest first.' },
  audit_path: {
    description:
      'The hashes from the neighbour of the leaf up to that of the root, in hexadecimal (RFC 6962, section 2.1.1).',
    example: [hash],
  },
  available_balance: { description: 'What can be moved out: the balance and the overdraft limit.', example: '350.00' },
  balance: { description: 'What the ledger says; below zero when overdrawn.', example: '250.00' },
  checked_up_to: { description: 'The number of the last seal that was found intact.', example: 42 },
  city: { description: 'City or town.', example: 'Springfield' },
  complete: {
    description: 'Whether all was looked at; if not, and nothing is at fault, go on with `next_cursor`.',
    example: true,
  },
  completed_at: { description: 'When it was completed; null if it was not.', example: '2026-03-01T09:30:00.123456Z' },
  count: { description: 'How many rows the seal has.', example: 2 },
  country: { description: 'ISO 3166 code of two capitals.', example: 'US' },
  created_at: { description: 'When it was made.', example: '2026-03-01T09:30:00.123456Z' },
  currency: { description: 'ISO 4217 code.', example: 'USD' },
  cursor: { description: 'The `next_cursor` of the page before; without it, the first page.', example: 'WyIyMDI2Il0' },
  customer_id: { description: 'The id of a customer. Only staff may name another than themselves.', example: customer },
  date_of_birth: { description: 'Day of birth, in the past 130 years.', example: '1990-02-28' },
  decision: { description: 'Whether the identity is verified.', example: 'VERIFIED' },
  description: { description: 'What the money is for, in the words of whoever sent it.', example: 'Lunch' },
  disabled: { description: 'Whether the user is kept out.', example: true },
  email: { description: 'Email address, of one customer only.', example: 'ada@example.com' },
  entity_id: { description: 'The id of the thing that it was done to.', example: account },
  entity_type: { description: 'The kind of thing that it was done to.', example: 'account' },
  event_version: { description: "The version of the event's form.", example: 1 },
  failure_code: { description: 'Why it FAILED: the code of the error; null otherwise.', example: null },
  file: { description: "One of the reference page's files.", example: 'swagger-ui.css' },
  first: { description: 'The first row of the seal.' },
  first_fault: { description: 'The first thing that was found wrong; null when there is nothing.', example: null },
  first_name: { description: 'First name.', example: 'Ada' },
  from: { description: 'The first instant, in RFC 3339.', example: '2026-03-01T00:00:00Z' },
  from_account_id: { description: 'The account that pays; null where cash is paid in.', example: account },
  header: { description: 'The header of the seal, whose canonical JSON (RFC 8785) is signed.' },
  intact: { description: 'Whether nothing was found wrong, as far as was looked.', example: true },
  interest_rate: { description: 'Yearly interest as a fraction: "0.0325" is 3.25 %.', example: '0.0325' },
  ip: { description: 'The address that the request came from.', example: '192.0.2.1' },
  key_id: {
    description: 'The ARN of the key in KMS.',
    example: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
  kind: { description: 'What is wrong, for programs.', example: 'ROW_ALTERED' },
  kyc_verified: { description: 'Whether staff have verified who the customer is.', example: true },
  last: { description: 'The last row of the seal.' },
  last_name: { description: 'Last name.', example: 'Lovelace' },
  leaf_index: { description: 'The place of the row in the tree, from 0.', example: 1 },
  limit: { description: 'How many a page may hold; more than 100 is taken as 100.', example: 50 },
  line1: { description: 'Street and number.', example: '742 Evergreen Terrace' },
  line2: { description: 'More of the street address.', example: 'Apartment 2' },
  message: { description: 'What is wrong, for people.', example: 'the row was changed after it was sealed' },
  metadata: { description: 'What else the event told.', example: { reason: 'Reported stolen' } },
  new_values: {
    description: 'The fields that changed, as they are now; null where nothing changed.',
    example: { status: 'FROZEN' },
  },
  next_cursor: { description: 'The `cursor` of the next page; null on the last.', example: null },
  number: { description: 'The number of the seal, from 1 without a gap.', example: 42 },
  occurred_at: { description: 'When it happened.', example: '2026-03-01T09:30:00.123456Z' },
  old_values: {
    description: 'The fields that changed, as they were; null where nothing changed.',
    example: { status: 'ACTIVE' },
  },
  overdraft_limit: { description: 'How far the balance may go below zero.', example: '100.00' },
  overridden: { description: "Whether these are the customer's own limits, not the bank's default.", example: true },
  phone: { description: 'Phone number in E.164 form, of one customer only.', example: '+12025550123' },
  postal_code: { description: 'Postal code.', example: '62704' },
  previous_hash: {
    description: 'SHA-256 of the canonical JSON of the header before; zeros before the first.',
    example: hash,
  },
  public_key: {
    description: 'The public key in PEM.',
    example: '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n',
  },
  reason: { description: 'Why; kept for the audit.', example: 'Confirmed at the branch' },
  recorded_at: { description: 'When the row was written.', example: '2026-03-01T09:30:00.654321Z' },
  requests_per_hour: { description: 'How many requests an hour the customer may send.', example: 2000 },
  reverses_transaction_id: { description: 'The transaction that this one reverses; null otherwise.', example: null },
  root: {
    description: 'The root of the Merkle tree over the rows, in hexadecimal (RFC 6962, section 2.1).',
    example: hash,
  },
  rows: { description: 'How many sealed rows were found intact.', example: 1200 },
  seal_number: { description: 'The number of the seal; null where no seal is at fault.', example: 42 },
  sealed_at: { description: 'When it was sealed.', example: '2026-03-01T09:35:00.5Z' },
  seals: { description: 'How many seals were found intact.', example: 42 },
  signature: { description: 'The signature of the header, in Base64.', example: 'MEUCIQ==' },
  ssn: { description: 'Social security number; dashes are optional in requests.', example: '123-45-6789' },
  'RevealedSsn.ssn': { description: 'Social security number in clear: its nine digits.', example: '123456789' },
  ssn_last4: { description: 'The last four digits of the social security number.', example: '6789' },
  state: { description: 'State or province.', example: 'IL' },
  status: { description: 'Its status.', example: 'ACTIVE' },
  'Health.status': { description: 'Always `healthy`.', example: 'healthy' },
  'Transaction.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'Receipt.status': { description: 'How far it has come.', example: 'COMPLETED' },
  sweep_to_account_id: {
    description: 'The account of the same customer and currency that gets what is left.',
    example: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b02',
  },
  to: { description: 'The first instant after the last, in RFC 3339.', example: '2026-04-01T00:00:00Z' },
  to_account_id: {
    description: 'The account that is paid, another than `from_account_id`; null where cash is paid out.',
    example: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b02',
  },
  transaction_id: { description: 'The id of the transaction.', example: transaction },
  transaction_ref: {
    description: 'The reference that people know the transaction by.',
    example: 'TXN202603010000000042',
  },
  transaction_type: { description: 'What moved the money.', example: 'TRANSFER' },
  transactions: { description: 'The transactions of this page, newest first.' },
  transfers_per_minute: { description: 'How many transfers a minute the customer may send.', example: 20 },
  unsealed: { description: 'How many rows wait to be sealed.', example: 3 },
  updated_at: { description: 'When it last changed.', example: '2026-03-02T16:05:10.000001Z' },
  user_agent: { description: 'What the client called itself.', example: 'curl/8.5.0' },
  user_id: { description: 'The id of a user, customer or staff: its `sub` in Cognito.', example: customer },
  'SealHeader.version': { description: "The version of the header's form.", example: 1 },
  version: { description: 'Goes up with every change; the ETag is made of it.', example: 3 },
};
