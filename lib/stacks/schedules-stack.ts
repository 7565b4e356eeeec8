import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { AlarmTopic } from '../constructs/alarm-topic.ts';
import { databaseAccess } from '../constructs/data-api-access.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import type { Provision } from '../constructs/provision.ts';
import { ScheduleAlarms } from '../constructs/schedule-alarms.ts';
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
  readonly deadLetters: DeadLetterQueue;

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
    const { alarms } = messaging;
    const deadLetters = this.addDeadLetters(alarms);
    this.deadLetters = deadLetters;
    for (const definition of schedules) {
      new ScheduledFunction(this, {
        config,
        definition,
        deadLetters,
        uses: [databaseAccess(data.database, 'schedules'), ...definition.needs.flatMap(need => given[need])],
        ...(definition.needs.includes('audit-seal') && { roleName: sealKey.sealerRoleName }),
      });
    }
    new CfnOutput(this, 'ScheduleDeadLetterQueueUrl', {
      value: deadLetters.queueUrl,
      description: 'Where scheduled work ends that failed for good',
    });
    new ScheduleAlarms(this, 'Alarms', {
      alarms,
      ...(config.frequentSchedules === 'hourly' && { relayMinutes: 60, sealMinutes: 60 }),
    });
  }

  /** How far ahead somebody may close the books. */
  private booksAhead(): Provision {
    return { environment: { BOOKS_DAYS_AHEAD: String(this.config.booksDaysAhead) }, allow: () => undefined };
  }

  private addDeadLetters(alarms: AlarmTopic): DeadLetterQueue {
    const { config } = this;
    const key = new ServiceKey(this, 'DeadLettersKey', {
      config,
      name: 'schedule-dead-letters',
      description: 'Encrypts the dead-letter queue of the schedules',
      service: 'sqs',
    });
    return new DeadLetterQueue(this, 'DeadLetters', { config, alarms, key, holds: 'scheduled work' });
  }
}
