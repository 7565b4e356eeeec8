import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { NotificationChannels } from '../constructs/notification-channels.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import { BankStack } from './bank-stack.ts';

/** How the parts of the bank tell one another, and customers, what happened. Nothing here is the only copy of anything. */
export class MessagingStack extends BankStack {
  readonly events: QueueConsumer;
  /** The parts of jobs that are too many for one invocation. */
  readonly work: QueueConsumer;
  readonly notifications: NotificationChannels;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'messaging', { config, description: 'events and notifications on their way' });
    this.events = new QueueConsumer(this, 'Event', {
      config,
      message: 'event',
      urlVariable: 'EVENT_QUEUE_URL',
      consumerTimeout: Duration.minutes(1),
    });
    this.work = new QueueConsumer(this, 'Work', {
      config,
      message: 'assignment',
      urlVariable: 'WORK_QUEUE_URL',
      consumerTimeout: Duration.minutes(5),
    });
    this.notifications = new NotificationChannels(this, 'Notifications', { config });
    const { queue, deadLetters } = this.events;
    new CfnOutput(this, 'EventQueueUrl', { value: queue.queueUrl, description: 'Where events wait for the worker' });
    new CfnOutput(this, 'EventDeadLetterQueueUrl', {
      value: deadLetters.queueUrl,
      description: 'Where events end that the worker failed on',
    });
  }
}
