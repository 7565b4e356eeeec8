/** What a field means, and a value that it may have. */
export interface FieldNote {
  description: string;
  example?: unknown;
}

const account = '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01';
const customer = '5f0d7a52-3c0e-4a53-8f1e-0c8f6a1d2b77';
const transaction = '0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42';
const alert = '0198d5f3-6e0d-7a44-8c21-1b7d9e3f5a60';
const analyst = '9b1f2c3d-4e5a-4b6c-8d7e-0f1a2b3c4d5e';

/**
 * Every field of the API, in one place: a field means the same wherever it stands. Where it does not quite, the name of
 * the schema it stands in comes before its own.
 */
export const glossary: Readonly<Record<string, FieldNote>> = {
  id: { description: 'The id, made by the bank.', example: account },
  'Customer.id': { description: "The customer's id: the `sub` of its user in Cognito.", example: customer },
  'Transaction.id': { description: 'The id, made by the bank.', example: transaction },
  'FraudAlert.id': { description: 'The id, made by the bank.', example: alert },

  account: { description: 'The account that pays, as it is now.' },
  account_id: { description: 'The id of an account.', example: account },
  account_number: { description: 'The number that people know the account by.', example: '1000000018' },
  account_type: { description: 'The kind of account.', example: 'CHECKING' },
  accounts: { description: 'The accounts of this page, newest first.' },
  address: { description: 'Where the customer lives.' },
  'Customer.address': {
    description: 'Where the customer lives, in the fields that it was given in.',
    example: { line1: '742 Evergreen Terrace', city: 'Springfield', state: 'IL', postal_code: '62704', country: 'US' },
  },
  after: { description: 'What the account saw after it: the next ten transactions, newest first.' },
  alert: { description: 'The alert.' },
  alert_from: { description: 'From which score on a transfer is stopped and its account frozen.', example: 90 },
  alert_type: { description: 'The fraud rule that spoke the loudest.', example: 'VELOCITY' },
  alerts: { description: 'The alerts of this page, newest first.' },
  allowed_until: {
    description:
      'After a false alarm: until when the same amount may pass between the same accounts, once; null otherwise.',
    example: null,
  },
  amount: { description: 'How much money, in the currency of the accounts.', example: '12.50' },
  available_balance: { description: 'What can be moved out: the balance and the overdraft limit.', example: '350.00' },
  balance: { description: 'What the ledger says; below zero when overdrawn.', example: '250.00' },
  before: { description: 'What the account saw before it: the last ten transactions, newest first.' },
  block_from: { description: 'From which score on a transfer is stopped.', example: 70 },
  city: { description: 'City or town.', example: 'Springfield' },
  completed_at: { description: 'When it was completed; null if it was not.', example: '2026-03-01T09:30:00.123456Z' },
  country: { description: 'ISO 3166 code of two capitals.', example: 'US' },
  created_at: { description: 'When it was made.', example: '2026-03-01T09:30:00.123456Z' },
  currency: { description: 'ISO 4217 code.', example: 'USD' },
  cursor: { description: 'The `next_cursor` of the page before; without it, the first page.', example: 'WyIyMDI2Il0' },
  customer_id: { description: 'The id of a customer. Only staff may name another than themselves.', example: customer },
  date_of_birth: { description: 'Day of birth, in the past 130 years.', example: '1990-02-28' },
  decision: { description: 'Whether the identity is verified.', example: 'VERIFIED' },
  description: { description: 'What the money is for, in the words of whoever sent it.', example: 'Lunch' },
  disabled: { description: 'Whether the user is kept out.', example: true },
  earlier_alerts: { description: 'The last ten alerts of the account before this one, newest first.' },
  email: { description: 'Email address, of one customer only.', example: 'ada@example.com' },
  enabled: { description: 'Whether the rule is asked.', example: true },
  failure_code: { description: 'Why it FAILED: the code of the error; null otherwise.', example: null },
  file: { description: "One of the reference page's files.", example: 'swagger-ui.css' },
  first_name: { description: 'First name.', example: 'Ada' },
  from: { description: 'Made at this moment or later, RFC 3339.', example: '2026-03-01T00:00:00Z' },
  from_account_id: { description: 'The account that pays; null where cash is paid in.', example: account },
  interest_rate: { description: 'Yearly interest as a fraction: "0.0325" is 3.25 %.', example: '0.0325' },
  investigator: {
    description: 'The member of staff who works on the alert; null while nobody does.',
    example: analyst,
  },
  kyc_verified: { description: 'Whether staff have verified who the customer is.', example: true },
  last_name: { description: 'Last name.', example: 'Lovelace' },
  limit: { description: 'How many a page may hold; more than 100 is taken as 100.', example: 50 },
  line1: { description: 'Street and number.', example: '742 Evergreen Terrace' },
  line2: { description: 'More of the street address.', example: 'Apartment 2' },
  min_score: { description: 'With at least this score, 0 to 100.', example: 70 },
  monitor_from: { description: 'From which score on a transfer is watched; it moves.', example: 30 },
  next_cursor: { description: 'The `cursor` of the next page; null on the last.', example: null },
  notes: { description: 'What was found; kept with the alert.', example: 'The customer called: it was them' },
  outcome: { description: 'What the rules wanted done.', example: 'BLOCK_PENDING_REVIEW' },
  overdraft_limit: { description: 'How far the balance may go below zero.', example: '100.00' },
  overridden: { description: "Whether these are the customer's own limits, not the bank's default.", example: true },
  parameters: {
    description: 'What the rule goes by: whole numbers, and decimal strings. A change gives all of them.',
    example: { window_minutes: 60, some: 5, some_score: 40, many: 10, many_score: 80 },
  },
  phase: { description: 'When it is asked: the GATE before a transfer moves, the REVIEW afterwards.', example: 'GATE' },
  phone: { description: 'Phone number in E.164 form, of one customer only.', example: '+12025550123' },
  postal_code: { description: 'Postal code.', example: '62704' },
  reason: { description: 'Why; kept for the audit.', example: 'Confirmed at the branch' },
  requests_per_hour: { description: 'How many requests an hour the customer may send.', example: 2000 },
  resolution: { description: 'What it was: fraud or a reason to worry, or a false alarm.', example: 'FALSE_POSITIVE' },
  resolution_notes: { description: 'What was found; null while it is open.', example: null },
  resolved_at: { description: 'When it was closed; null while it is open.', example: null },
  reverses_transaction_id: { description: 'The transaction that this one reverses; null otherwise.', example: null },
  review_from: { description: 'From which score on there is an alert; the transfer moves.', example: 50 },
  risk_score: { description: 'What the scores of the rules add up to, at most 100.', example: 80 },
  rule: { description: 'The name of a fraud rule.', example: 'VELOCITY' },
  rules: { description: 'The fraud rules.' },
  rules_triggered: { description: 'The rules that had something to say.' },
  score: { description: 'What the rule gives it.', example: 80 },
  settings: { description: 'What holds for all rules.' },
  ssn: { description: 'Social security number; dashes are optional in requests.', example: '123-45-6789' },
  'RevealedSsn.ssn': { description: 'Social security number in clear: its nine digits.', example: '123456789' },
  ssn_last4: { description: 'The last four digits of the social security number.', example: '6789' },
  state: { description: 'State or province.', example: 'IL' },
  status: { description: 'Its status.', example: 'ACTIVE' },
  'Health.status': { description: 'Always `healthy`.', example: 'healthy' },
  'Transaction.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'Receipt.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'query.status': { description: 'In this status.', example: 'OPEN' },
  'FraudAlert.status': { description: 'How far it has come.', example: 'INVESTIGATING' },
  sweep_to_account_id: {
    description: 'The account of the same customer and currency that gets what is left.',
    example: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b02',
  },
  time_zone: {
    description: 'Where the bank has its nights and days, by its IANA name.',
    example: 'America/New_York',
  },
  time_zone_by_hand: { description: 'Whether staff chose it, and a deploy leaves it as it is.', example: false },
  to: { description: 'Made before this moment, RFC 3339.', example: '2026-04-01T00:00:00Z' },
  to_account_id: {
    description: 'The account that is paid, another than `from_account_id`; null where cash is paid out.',
    example: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b02',
  },
  transaction: { description: 'The transaction.' },
  transaction_id: { description: 'The id of the transaction.', example: transaction },
  transaction_ref: {
    description: 'The reference that people know the transaction by.',
    example: 'TXN202603010000000042',
  },
  transaction_type: { description: 'What moved the money.', example: 'TRANSFER' },
  transactions: { description: 'The transactions of this page, newest first.' },
  transfers_per_minute: { description: 'How many transfers a minute the customer may send.', example: 20 },
  updated_at: { description: 'When it last changed.', example: '2026-03-02T16:05:10.000001Z' },
  user_id: { description: 'The id of a user, customer or staff: its `sub` in Cognito.', example: customer },
  version: { description: 'Goes up with every change; the ETag is made of it.', example: 3 },
};
