import type {
  StatementDocument,
  StatementLine,
  StatementSummary,
} from '../../../lambdas/domain/statements/statement.ts';
import { accountId } from './records.ts';

/** A line, with the changes given. */
export function lineWith(changes: Partial<StatementLine> = {}): StatementLine {
  return {
    date: '2026-03-02',
    posted_at: '2026-03-02T15:00:00.123456+00:00',
    transaction_id: '018f2f3a-0000-7000-8000-00000000f001',
    transaction_ref: 'TXN20260302000000000042',
    transaction_type: 'TRANSFER',
    description: 'Rent',
    counterparty_last4: '0026',
    amount: '-12.50',
    balance: '1237.50',
    ...changes,
  };
}

/** The figures of a statement of one line, with the changes given. */
export function summaryWith(changes: Partial<StatementSummary> = {}): StatementSummary {
  return {
    account_id: accountId,
    account_type: 'CHECKING',
    account_last4: '0017',
    currency: 'USD',
    period: '2026-03',
    begins_at: '2026-03-01T05:00:00+00:00',
    ends_at: '2026-04-01T04:00:00+00:00',
    time_zone: 'America/New_York',
    final: true,
    opening_balance: '1250.00',
    total_in: '0.00',
    total_out: '12.50',
    closing_balance: '1237.50',
    line_count: 1,
    ...changes,
  };
}

/** A statement as a whole, with the changes given. */
export function documentWith(changes: Partial<StatementDocument> = {}): StatementDocument {
  return {
    ...summaryWith(),
    holder: {
      name: 'Ada Example',
      address: { line1: '1 Test Street', city: 'Springfield', state: 'IL', postal_code: '62704', country: 'US' },
    },
    lines: [lineWith()],
    ...changes,
  };
}

/** A statement of so many lines, each of which takes a dollar. */
export function documentOf(count: number, changes: Partial<StatementLine> = {}): StatementDocument {
  const lines = Array.from({ length: count }, (_, at) =>
    lineWith({ amount: '-1.00', balance: `${count - at - 1}.00`, transaction_ref: `TXN${at}`, ...changes }),
  );
  const totals = {
    opening_balance: `${count}.00`,
    total_out: `${count}.00`,
    closing_balance: '0.00',
    line_count: count,
  };
  return documentWith({ ...totals, lines });
}
