import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { notificationKinds } from '../../lambdas/domain/notifications/kinds.ts';
import type { StageConfig } from '../config.ts';
import type { BankFunction } from './bank-function.ts';
import type { Provision } from './provision.ts';
import { ServiceKey } from './service-key.ts';

/**
 * The ways by which customers hear of what happened: a topic for each kind of notification, and mail where the stage has
 * a sender. SES must know the sender already: proving that an address or a domain is ours takes a person or its DNS.
 */
export class NotificationChannels extends Construct implements Provision {
  readonly environment: Readonly<Record<string, string>>;
  readonly #topics: readonly Topic[];
  readonly #key: ServiceKey;
  readonly #sender: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    this.#sender = config.emailSender;
    this.#key = new ServiceKey(this, 'Key', {
      config,
      name: 'notifications',
      description: 'Encrypts the notifications that wait in topics',
      service: 'sns',
    });
    const topics = notificationKinds.map(
      kind => [kind, new Topic(this, kind, { masterKey: this.#key, enforceSSL: true })] as const,
    );
    this.#topics = topics.map(([, topic]) => topic);
    this.environment = {
      NOTIFICATION_TOPICS: Stack.of(this).toJsonString(
        Object.fromEntries(topics.map(([kind, topic]) => [kind, topic.topicArn])),
      ),
      EMAIL_SENDER: config.emailSender,
    };
  }

  /** Lets a function publish to every topic, and mail as the sender and as nobody else. */
  allow(handler: BankFunction): void {
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ['sns:Publish'], resources: this.#topics.map(topic => topic.topicArn) }),
    );
    handler.addToRolePolicy(this.#key.writing());
    if (this.#sender !== '') {
      handler.addToRolePolicy(mailAs(this.#sender));
    }
  }
}

// SES sends for an address by the identity that it was verified as: the address itself or its domain.
function mailAs(sender: string): PolicyStatement {
  const domain = sender.slice(sender.indexOf('@') + 1);
  const identity = (name: string) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${name}`;
  return new PolicyStatement({
    actions: ['ses:SendEmail'],
    resources: [identity(sender), identity(domain)],
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  });
}
