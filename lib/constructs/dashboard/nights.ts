import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bankMetric } from '../bank-metric.ts';
import type { Shown } from './bank-dashboard.ts';
import { found, graph, heading } from './widgets.ts';

const period = Duration.hours(1);

/** What is done by the clock: interest, fees, reconciliation, seals, statements, standing orders. */
export function nightWidgets({ stage }: Shown) {
  const own = (name: string, statistic: string, label: string) => bankMetric(stage, name, { period, statistic, label });
  const ofJobs = (which: string, statistic: string) =>
    found(`{Countinghouse,service,stage,job} ${which}MetricName="JobDuration" stage="${stage}"`, statistic, period);
  return [
    [heading('Nights', 'Interest, fees, reconciliation, the seal of the audit, statements and standing orders.')],
    [
      graph('Runs of jobs, ms', [ofJobs('', Stats.MAXIMUM)]),
      graph('What the runs did', [ofJobs('NOT ', Stats.SUM)]),
      graph(
        'Reconciliation',
        [own('ReconciliationDifferences', Stats.MAXIMUM, 'differences')],
        [own('ReconciledAccounts', Stats.MAXIMUM, 'accounts')],
      ),
    ],
    [
      graph(
        'Audit',
        [own('AuditRowsSealed', Stats.SUM, 'rows sealed')],
        [own('AuditSealedAll', Stats.MINIMUM, 'all sealed')],
      ),
      graph('Statements', [
        own('StatementsClosed', Stats.SUM, 'closed'),
        own('StatementsArchived', Stats.SUM, 'archived'),
        own('StatementsFailed', Stats.SUM, 'failed'),
        own('StatementsBroken', Stats.SUM, 'broken'),
      ]),
      graph('Standing orders and holds', [
        own('StandingOrdersPaid', Stats.SUM, 'paid'),
        own('StandingOrdersRetrying', Stats.SUM, 'to be tried again'),
        own('StandingOrdersFailed', Stats.SUM, 'failed'),
        own('HoldsExpired', Stats.SUM, 'holds expired'),
      ]),
    ],
  ];
}
