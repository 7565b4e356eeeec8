import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import type { BankFunction } from './bank-function.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Provision } from './provision.ts';
import { removalPolicy } from './removal-policy.ts';
import { ServiceKey } from './service-key.ts';

interface QueueConsumerProps {
  readonly config: StageConfig;
  readonly alarms: AlarmTopic;
  /** What its messages are, in the singular; names the key, too. */
  readonly message: string;
  /** The variable by which senders find it. */
  readonly urlVariable: string;
  /** How long its consumer may take for a batch. */
  readonly consumerTimeout: Duration;
  /** How long a message may wait before somebody should look. */
  readonly patience: Duration;
}

interface ConsumerOptions {
  readonly batchSize: number;
  /** How long to wait for a batch to fill. */
  readonly window: Duration;
  /** How many batches at once. */
  readonly maxConcurrency: number;
  /** What is called in place of the function itself: its alias. */
  readonly target?: IFunction;
}

/** How often a message is tried before it is dead. Lambda's guide asks for five at least, lest throttling alone kill one. */
const maxReceiveCount = 5;

/**
 * A queue, the dead-letter queue behind it, their key, and the function that takes from it. Delivery is at least once and
 * in no order; a batch reports which of its messages failed, and only those come again.
 */
export class QueueConsumer extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
  readonly #key: ServiceKey;
  readonly #consumerTimeout: Duration;
  readonly #urlVariable: string;

  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    const { config, alarms, message, urlVariable, consumerTimeout, patience } = props;
    this.#consumerTimeout = consumerTimeout;
    this.#urlVariable = urlVariable;
    this.#key = new ServiceKey(this, 'Key', {
      config,
      name: `${message}-queue`,
      description: `Encrypts the ${message} queue and its dead-letter queue`,
      service: 'sqs',
    });
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      config,
      alarms,
      key: this.#key,
      holds: `an ${message}`,
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.#key,
      enforceSSL: true,
      // Six times, so that a batch whose function was throttled is not handed out twice (Lambda Developer Guide,
      // "Using Lambda with Amazon SQS").
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
      removalPolicy: removalPolicy(config),
    });
    new BankAlarm(this, 'FallsBehind', {
      alarms,
      says: `an ${message} has waited for more than ${patience.toHumanString()} in its queue`,
      runbook: 'a-queue-falls-behind',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      threshold: patience.toSeconds(),
      evaluationPeriods: 3,
    });
  }

  /** Sending messages, for any function. */
  get sending(): Provision {
    const { queueArn, queueUrl } = this.queue;
    return {
      environment: { [this.#urlVariable]: queueUrl },
      allow: handler => {
        handler.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }));
        handler.addToRolePolicy(this.#key.writing());
      },
    };
  }

  /**
   * Has a function work on the messages; it answers which of a batch failed (`batchItemFailures`).
   *
   * @throws Error when the function takes longer than the queue was told
   */
  consume(handler: BankFunction, options: ConsumerOptions): EventSourceMapping {
    const { batchSize, window, maxConcurrency, target = handler } = options;
    if ((handler.timeout?.toSeconds() ?? 0) > this.#consumerTimeout.toSeconds()) {
      throw new Error(
        `${handler.node.path} may take longer than the ${this.#consumerTimeout.toHumanString()} of its queue`,
      );
    }
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
    handler.addToRolePolicy(this.#key.reading());
    return new EventSourceMapping(handler, 'Source', {
      target,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxBatchingWindow: window,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}
