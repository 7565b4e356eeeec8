import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import { removalPolicy } from './removal-policy.ts';
import type { ServiceKey } from './service-key.ts';

interface DeadLetterQueueProps {
  readonly config: StageConfig;
  readonly alarms: AlarmTopic;
  readonly key: ServiceKey;
  /** What ends here: the alarm tells it. */
  readonly holds: string;
}

/**
 * Where messages end that could not be worked on, for the two weeks that SQS keeps one at most. One is enough for the
 * alarm: somebody has to look at it, and to send it back or drop it.
 */
export class DeadLetterQueue extends Queue {
  readonly #key: ServiceKey;

  constructor(scope: Construct, id: string, { config, alarms, key, holds }: DeadLetterQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: removalPolicy(config),
    });
    this.#key = key;
    new BankAlarm(this, 'NotEmpty', {
      alarms,
      says: `${holds} failed for good and waits in the dead-letter queue`,
      runbook: 'a-dead-letter-queue-is-not-empty',
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  /** The power to leave a message here. */
  sending(): PolicyStatement[] {
    return [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queueArn] }), this.#key.writing()];
  }
}
