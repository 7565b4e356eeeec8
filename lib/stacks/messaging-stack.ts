import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { NotificationChannels } from '../constructs/notification-channels.ts';
import { QueueConsumer } from '../constructs/queue-consumer.ts';
import { BankStack } from './bank-stack.ts';

/** How the parts of the bank tell one another, and customers, what happened. Nothing here is the only copy of anything. */
export class MessagingStack extends BankStack {
  readonly alarms: AlarmTopic;
  readonly events: QueueConsumer;
  /** The parts of jobs that are too many for one invocation. */
  readonly work: QueueConsumer;
  readonly notifications: NotificationChannels;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'messaging', { config, description: 'events, notifications and alarms on their way' });
    this.alarms = new AlarmTopic(this, 'Alarms', { config });
    const { alarms } = this;
    this.events = new QueueConsumer(this, 'Event', {
      config,
      alarms,
      message: 'event',
      urlVariable: 'EVENT_QUEUE_URL',
      consumerTimeout: Duration.minutes(1),
      patience: Duration.minutes(5),
    });
    this.work = new QueueConsumer(this, 'Work', {
      config,
      alarms,
      message: 'assignment',
      urlVariable: 'WORK_QUEUE_URL',
      consumerTimeout: Duration.minutes(5),
      patience: Duration.minutes(30),
    });
    this.notifications = new NotificationChannels(this, 'Notifications', { config });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topicArn, description: 'Where alarms are told' });
    this.addQueueOutputs('Event', this.events, 'events');
    this.addQueueOutputs('Work', this.work, 'parts of jobs');
  }

  /** Where an operator's commands find a queue, and its dead letters. */
  private addQueueOutputs(name: string, { queue, deadLetters }: QueueConsumer, what: string): void {
    new CfnOutput(this, `${name}QueueUrl`, {
      value: queue.queueUrl,
      description: `Where ${what} wait for the worker`,
    });
    new CfnOutput(this, `${name}DeadLetterQueueUrl`, {
      value: deadLetters.queueUrl,
      description: `Where ${what} end that the worker failed on`,
    });
  }
}
