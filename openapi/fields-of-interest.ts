import type { FieldNote } from './field-note.ts';

/** What is said of interest and fees. */
export const fieldsOfInterest: Readonly<Record<string, FieldNote>> = {
  accrued: {
    description: 'Interest that has accrued since the last was posted, at ten decimals; below zero where it is owed.',
    example: '13.6986301370',
  },
  accrued_through: {
    description: 'The last day whose interest is in it; null before the first.',
    example: '2026-03-14',
  },
  apy: {
    description: 'Annual percentage yield as a fraction: "0.0512" is 5.12 % (Regulation DD, appendix A).',
    example: '0.0512',
  },
  day: {
    description: 'The day that gave cause for it; for a month, its last.',
    example: '2026-02-28',
  },
  day_count: { description: 'How the days of a year are counted.', example: 'ACT/365' },
  fee_rules: { description: 'What is charged for what.' },
  fee_type: { description: 'What it is charged for.', example: 'OVERDRAFT' },
  fees: { description: 'The fees of this page, newest first.' },
  interest_rate_from: {
    description: 'From which day on the rate holds, since the account was opened; without it, from today.',
    example: '2026-03-01',
  },
  minimum_balance: {
    description: 'Who holds at least this at the end of each day of a month pays nothing for it; null: everybody pays.',
    example: '500.00',
  },
  next_capitalisation_date: {
    description: 'The day as of whose close interest is posted next; null for a closed account.',
    example: '2026-03-31',
  },
  paid_this_year: {
    description: 'Interest posted this year; below zero where the account paid it.',
    example: '101.22',
  },
  'Health.status': { description: 'Always `healthy`.', example: 'healthy' },
  'Transaction.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'Receipt.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'query.status': { description: 'In this status.', example: 'OPEN' },
  'Fee.status': {
    description: 'UNCOLLECTED: the account had no money for it, and nothing was taken. WAIVED: it was given back.',
    example: 'CHARGED',
  },
  'FraudAlert.status': { description: 'How far it has come.', example: 'INVESTIGATING' },
  value_date: {
    description: 'The day for which it counts, from that of the transaction on; without it, today.',
    example: '2026-03-01',
  },
  'SealHeader.version': { description: "The version of the header's form.", example: 1 },
};
