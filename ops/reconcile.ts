import { parseArgs } from 'node:util';
import { type Finding, reconciliation } from '../lambdas/domain/reconciliation.ts';
import { CommandError, runCommand } from '../local/command-error.ts';
import { reconcileCluster } from './reconcile-cluster.ts';
import { schedulesOf } from './schedules.ts';
import { findTarget } from './target.ts';

const usage = `Usage: npm run -s reconcile -- [--stage NAME] [--cluster ARN]

Compares the ledger of the bank that runs here, or of a stage in AWS, with itself: it runs the function of the schedule "reconcile" now.
Every account with its postings, holds and closed statements, every transaction with its postings, the trial balance of each currency,
the checkpoints of the internal accounts, and the outbox. It writes a report and mends nothing.

  --cluster  another cluster of the stage, such as one restored from a backup: compared from here, through the Data API

Ends with 0 and "zero differences: N accounts, M transactions, K postings", or with 1 and a line for each difference.`;

await runCommand(async () => {
  const { help, stage, cluster } = readOptions();
  if (help) {
    console.log(usage);
    return;
  }
  const target = await findTarget(stage);
  const answer =
    cluster === undefined ? await schedulesOf(target).fire('reconcile', {}) : await reconcileCluster(target, cluster);
  const { data: report } = reconciliation.safeParse(answer);
  if (!report) {
    throw new CommandError('The ledger was not reconciled: the function answered no report.');
  }
  const compared = `${report.accounts} accounts, ${report.transactions} transactions, ${report.postings} postings`;
  if (report.outcome === 'CLEAN') {
    console.log(`zero differences: ${compared}`);
    return;
  }
  for (const found of report.findings) {
    console.log(describe(found));
  }
  throw new CommandError(`${report.differences} differences: ${compared} (reconciliation ${report.id})`);
});

function readOptions() {
  try {
    return parseArgs({
      options: { stage: { type: 'string' }, cluster: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s reconcile -- --help`);
  }
}

function describe({ check, about_type, about_id, detail }: Finding): string {
  return `${check}: ${about_type.replace('_', ' ')} ${about_id}: ${detail}`;
}
