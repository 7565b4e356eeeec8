import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import { bankMetric } from './bank-metric.ts';

/** How long a day's work may be late: a day, of 25 hours when summer time ends, and an hour. */
const hoursWithout = 26;

interface ScheduleAlarmsProps {
  readonly alarms: AlarmTopic;
  /** How often the relay runs; each minute unless told. */
  readonly relayMinutes?: number;
  /** How often the audit is sealed; every five minutes unless told. */
  readonly sealMinutes?: number;
}

/** What is watched of the work that the clock starts, by what it tells of itself: what it found, and that it was done at all. */
export class ScheduleAlarms extends Construct {
  readonly #alarms: AlarmTopic;

  constructor(scope: Construct, id: string, { alarms, relayMinutes = 1, sealMinutes = 5 }: ScheduleAlarmsProps) {
    super(scope, id);
    this.#alarms = alarms;
    this.#watchOutbox(relayMinutes);
    this.#watchReconciliation();
    this.#watchSeals(sealMinutes);
    this.#watchWhatFailed();
    this.#expectDaily('InterestMissing', {
      says: `no interest was accrued for ${hoursWithout} hours`,
      runbook: 'an-interest-run-is-missing',
      metricName: 'JobDuration',
      dimensions: { job: 'accrue-interest' },
    });
    this.#expectDaily('ReconciliationMissing', {
      says: `the ledger was not reconciled for ${hoursWithout} hours`,
      runbook: 'no-reconciliation',
      metricName: 'ReconciliationDifferences',
    });
  }

  /**
   * The relay measures, each time it runs, how old the oldest event is that no consumer has processed. One that runs seldom finds what
   * nobody has sent since the last time.
   */
  #watchOutbox(minutes: number): void {
    const most = minutes < 5 ? 5 : minutes + 5;
    new BankAlarm(this, 'OutboxLag', {
      alarms: this.#alarms,
      says: `an event has waited for more than ${most} minutes, or the relay does not run`,
      runbook: 'outbox-lag',
      metric: this.#highest('OutboxLagSeconds', Duration.minutes(minutes)),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 60 * most,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** The reconciliation tells each time how much did not agree; that it fails has an alarm of its own. */
  #watchReconciliation(): void {
    new BankAlarm(this, 'ReconciliationDifferences', {
      alarms: this.#alarms,
      says: 'the ledger does not agree with itself',
      runbook: 'reconciliation-difference',
      metric: this.#highest('ReconciliationDifferences', Duration.hours(1)),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      // Between two runs it stays as the last one left it.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  /** The sealer tells each time whether it left no row that waited. */
  #watchSeals(minutes: number): void {
    const runs = 2;
    const periods = 3;
    new BankAlarm(this, 'AuditSealLate', {
      alarms: this.#alarms,
      says: `rows of the audit have waited for their seal for ${minutes * runs * periods} minutes, or the sealer does not run`,
      runbook: 'the-audit-is-not-sealed',
      metric: this.#highest('AuditSealedAll', Duration.minutes(minutes * runs)),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  #watchWhatFailed(): void {
    const period = Duration.minutes(5);
    new BankAlarm(this, 'NotificationsAbandoned', {
      alarms: this.#alarms,
      says: 'customers were not told of something, and will not be: it was tried for too long',
      runbook: 'notifications-are-given-up',
      metric: bankMetric(this.#alarms.stage, 'NotificationsAbandoned', { period, statistic: Stats.SUM }),
      threshold: 1,
      evaluationPeriods: 1,
    });
    for (const metricName of ['StatementsFailed', 'StatementsBroken']) {
      new BankAlarm(this, metricName, {
        alarms: this.#alarms,
        says: 'statements could not be made',
        runbook: 'statements-are-not-made',
        metric: bankMetric(this.#alarms.stage, metricName, { period, statistic: Stats.SUM }),
        threshold: 1,
        evaluationPeriods: 1,
      });
    }
  }

  /** Raised when nothing tells that some daily work was done. On a new stage, that is so until its first night. */
  #expectDaily(
    id: string,
    expected: Pick<ConstructorParameters<typeof BankAlarm>[2], 'says' | 'runbook'> & {
      metricName: string;
      dimensions?: Record<string, string>;
    },
  ): void {
    const { metricName, dimensions, ...told } = expected;
    new BankAlarm(this, id, {
      alarms: this.#alarms,
      ...told,
      metric: bankMetric(this.#alarms.stage, metricName, {
        period: Duration.hours(1),
        statistic: Stats.SAMPLE_COUNT,
        ...(dimensions && { dimensions }),
      }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: hoursWithout,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  #highest(metricName: string, period: Duration) {
    return bankMetric(this.#alarms.stage, metricName, { period, statistic: Stats.MAXIMUM });
  }
}
