import type { Findings, LedgerChecks, ReconciliationReport } from '../adapters/ledger-checks.ts';
import { mostFindings, type Reconciliation } from '../domain/reconciliation.ts';

/** What a run works with. */
export interface ReconciliationRun {
  checks: LedgerChecks;
  id: string;
  startedAt: string;
  /** Whether there is time for one more step. */
  mayGoOn(): boolean;
}

/**
 * Compares the ledger with itself, page by page, and writes the report at the end. It changes nothing else, so a run that is cut off is
 * just run again.
 *
 * @throws Error when the time is over before everything was compared: half a reconciliation is none.
 */
export async function runReconciliation(run: ReconciliationRun): Promise<Reconciliation> {
  const { checks, id, startedAt } = run;
  const report: ReconciliationReport = {
    id,
    started_at: startedAt,
    accounts: 0,
    transactions: 0,
    postings: 0,
    differences: 0,
    findings: [],
  };
  await page(run, report, async (after: string | null) => {
    const compared = await checks.compareAccounts(after);
    report.accounts += compared.accounts;
    return compared;
  });
  let totals: Record<string, string> = {};
  await page(run, report, async (after: string | null) => {
    const compared = await checks.compareTransactions(after, totals);
    report.transactions += compared.transactions;
    report.postings += compared.postings;
    totals = compared.totals;
    return compared;
  });
  await page(run, report, checks.compareCheckpoints);
  add(report, await checks.compareInterest());
  add(report, await checks.compareOutbox());
  return checks.record(report);
}

/** Takes one page after the other, to the last. */
async function page(
  { mayGoOn }: ReconciliationRun,
  report: ReconciliationReport,
  compare: (after: string | null) => Promise<Findings & { next: string | null }>,
): Promise<void> {
  for (let after: string | null = null; ; ) {
    if (!mayGoOn()) {
      throw new Error('The time was over before everything was compared: nothing was reported');
    }
    const compared = await compare(after);
    add(report, compared);
    if (compared.next === null) {
      return;
    }
    after = compared.next;
  }
}

function add(report: ReconciliationReport, { differences, findings }: Findings): void {
  report.differences += differences;
  report.findings.push(...findings.slice(0, mostFindings - report.findings.length));
}
