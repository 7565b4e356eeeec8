import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { ServiceKey } from './service-key.ts';

/** Who tells of what goes wrong: alarms, and the database's own events. */
const publishers = ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com'];

/** Where a stage's alarms go, and who hears of them: the address that the stage names, and whoever subscribes beside it. */
export class AlarmTopic extends Topic {
  readonly stage: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    const key = new ServiceKey(scope, `${id}Key`, {
      config,
      name: 'alarms',
      description: 'Encrypts the alarms that wait in their topic',
      service: 'sns',
      publishers,
    });
    super(scope, id, { displayName: `Countinghouse ${config.stage}`, masterKey: key, enforceSSL: true });
    this.stage = config.stage;
    // A topic with a policy of its own has lost the one that let the account's own in.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: publishers.map(publisher => new ServicePrincipal(publisher)),
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (config.alarmEmail !== '') {
      this.addSubscription(new EmailSubscription(config.alarmEmail));
    }
  }
}
