import * as z from 'zod';
import { id, timestamp } from '../domain/fields.ts';
import { type Finding, finding, type Reconciliation, reconciliation } from '../domain/reconciliation.ts';
import type { Database } from './database.ts';

/** What a step found: how much, and the first of it. */
export interface Findings {
  differences: number;
  findings: Finding[];
}

/** A page that was compared; `next` is where to go on, null at the end. */
export interface AccountsCompared extends Findings {
  accounts: number;
  next: string | null;
}

export interface TransactionsCompared extends Findings {
  transactions: number;
  postings: number;
  /** The sum of all postings so far, by currency; given to the next page. */
  totals: Record<string, string>;
  next: string | null;
}

export interface CheckpointsCompared extends Findings {
  next: string | null;
}

/** What a run says of itself. */
export interface ReconciliationReport extends Findings {
  id: string;
  started_at: string;
  accounts: number;
  transactions: number;
  postings: number;
}

/** The ledger, for who compares it with itself. Each call sees it as it was at one moment, changes nothing and may be repeated. */
export interface LedgerChecks {
  compareAccounts(after: string | null): Promise<AccountsCompared>;
  compareTransactions(after: string | null, totals: Record<string, string>): Promise<TransactionsCompared>;
  compareCheckpoints(after: string | null): Promise<CheckpointsCompared>;
  compareInterest(): Promise<Findings>;
  compareOutbox(): Promise<Findings>;
  /** Writes the report, once however often it is sent. */
  record(report: ReconciliationReport): Promise<Reconciliation>;
}

const accountsAtOnce = 500;
const transactionsAtOnce = 5_000;

const found = { differences: z.int(), findings: z.array(finding) };
const accountsCompared = z.object({ ...found, accounts: z.int(), next: id.nullable() });
const transactionsCompared = z.object({
  ...found,
  transactions: z.int(),
  postings: z.int(),
  totals: z.record(z.string(), z.string()),
  next: id.nullable(),
});
const checkpointsCompared = z.object({ ...found, next: timestamp.nullable() });

/** The ledger in the database. */
export function createLedgerChecks(database: Database): LedgerChecks {
  return {
    compareAccounts: after =>
      database.query({
        sql: 'select bank.reconcile_accounts(:after_id::uuid, :page_size::integer)',
        parameters: { after_id: after, page_size: accountsAtOnce },
        answer: accountsCompared,
      }),
    compareTransactions: (after, totals) =>
      database.query({
        sql: 'select bank.reconcile_transactions(:after_id::uuid, :page_size::integer, :totals::jsonb)',
        parameters: { after_id: after, page_size: transactionsAtOnce, totals: JSON.stringify(totals) },
        answer: transactionsCompared,
      }),
    compareCheckpoints: after =>
      database.query({
        sql: 'select bank.reconcile_checkpoints(:after_time::timestamptz)',
        parameters: { after_time: after },
        answer: checkpointsCompared,
      }),
    compareInterest: () =>
      database.query({ sql: 'select bank.reconcile_interest()', parameters: {}, answer: z.object(found) }),
    compareOutbox: () =>
      database.query({ sql: 'select bank.reconcile_outbox()', parameters: {}, answer: z.object(found) }),
    record: ({ id: run_id, started_at, findings, ...counts }) =>
      database.query({
        sql: 'select bank.record_reconciliation(:run_id::uuid, :started_at::timestamptz, :counts::jsonb, :findings::jsonb)',
        parameters: { run_id, started_at, counts: JSON.stringify(counts), findings: JSON.stringify(findings) },
        answer: reconciliation,
      }),
  };
}
