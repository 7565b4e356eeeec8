import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { databaseAccess } from '../constructs/data-api-access.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import type { Provision } from '../constructs/provision.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { ServiceKey } from '../constructs/service-key.ts';
import { type ScheduleNeed, schedules } from '../schedules.ts';
import { BankStack } from './bank-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

interface SchedulesStackDependencies {
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}

/** What the clock starts: a function and its schedule for each definition in `lib/schedules.ts`. */
export class SchedulesStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { data, messaging }: SchedulesStackDependencies) {
    super(scope, 'schedules', { config, description: 'what the clock starts' });
    const { archive, sealKey } = data.audit;
    const given: Record<ScheduleNeed, readonly Provision[]> = {
      'event-queue': [messaging.events.sending],
      'notification-channels': [messaging.notifications],
      'audit-seal': [archive.writing, sealKey.signing],
      'statement-archive': [data.statements.writing],
      'work-queue': [messaging.work.sending, this.booksAhead()],
    };
    const deadLetters = this.deadLetters();
    for (const definition of schedules) {
      new ScheduledFunction(this, {
        config,
        definition,
        deadLetters,
        uses: [databaseAccess(data.database, 'schedules'), ...definition.needs.flatMap(need => given[need])],
        ...(definition.needs.includes('audit-seal') && { roleName: sealKey.sealerRoleName }),
      });
    }
    this.watchOutbox();
    this.watchReconciliation();
  }

  /** How far ahead somebody may close the books. */
  private booksAhead(): Provision {
    return { environment: { BOOKS_DAYS_AHEAD: String(this.config.booksDaysAhead) }, allow: () => undefined };
  }

  private deadLetters(): DeadLetterQueue {
    const { config } = this;
    const key = new ServiceKey(this, 'DeadLettersKey', {
      config,
      name: 'schedule-dead-letters',
      description: 'Encrypts the dead-letter queue of the schedules',
      service: 'sqs',
    });
    return new DeadLetterQueue(this, 'DeadLetters', { config, key, holds: 'scheduled work' });
  }

  /** The relay measures, each time it runs, how old the oldest event is that no consumer has processed. */
  private watchOutbox(): void {
    const { stage, frequentSchedules } = this.config;
    // Where the relay runs hourly, it finds what nobody sent since; only what it has sent itself before has waited too long.
    const minutes = frequentSchedules === 'hourly' ? { between: 60, most: 65 } : { between: 1, most: 5 };
    new Alarm(this, 'OutboxLag', {
      alarmDescription: `countinghouse ${stage}: an event has waited for more than ${minutes.most} minutes, or the relay does not run`,
      metric: this.bankMetric('OutboxLagSeconds', Duration.minutes(minutes.between)),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 60 * minutes.most,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** The reconciliation tells each time how much did not agree; that it fails has an alarm of its own. */
  private watchReconciliation(): void {
    const { stage } = this.config;
    new Alarm(this, 'ReconciliationDifferences', {
      alarmDescription: `countinghouse ${stage}: the ledger does not agree with itself; see npm run -s reconcile`,
      metric: this.bankMetric('ReconciliationDifferences', Duration.hours(1)),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      // Between two runs it stays as the last one left it.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  private bankMetric(metricName: string, period: Duration): Metric {
    return new Metric({
      namespace: 'Countinghouse',
      metricName,
      // As `lambdas/runtime/metrics.ts` has them: a metric with other dimensions is another metric.
      dimensionsMap: { service: 'countinghouse', stage: this.config.stage },
      period,
      statistic: Stats.MAXIMUM,
    });
  }
}
