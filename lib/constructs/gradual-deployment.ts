import { Duration, Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import type { BankFunction } from './bank-function.ts';

interface GradualDeploymentProps {
  readonly config: StageConfig;
  /** Who hears that new code fails. */
  readonly alarms: AlarmTopic;
  /** Alarms that speak against every function's new code. */
  readonly against?: readonly IAlarm[];
}

/**
 * Has new code of functions take over as the stage says. All at once, callers call the function itself. In a canary they call
 * its alias `live`, behind which CodeDeploy gives the new version every tenth call for five minutes, then all; an alarm
 * within that time puts the old one back and fails the deploy, so CloudFormation takes back the rest of the stack.
 */
export class GradualDeployment extends Construct {
  readonly #config: StageConfig;
  readonly #alarms: AlarmTopic;
  readonly #against: readonly IAlarm[];
  #shared: { application: LambdaApplication; role: Role } | undefined;

  constructor(scope: Construct, id: string, { config, alarms, against = [] }: GradualDeploymentProps) {
    super(scope, id);
    this.#config = config;
    this.#alarms = alarms;
    this.#against = against;
  }

  /**
   * What callers of a function are to call.
   *
   * @param warm how many environments of it are kept warm
   */
  of(handler: BankFunction, warm = 0): IFunction {
    if (this.#config.deployment === 'all-at-once') {
      return handler;
    }
    const alias = new Alias(handler, 'Live', {
      aliasName: 'live',
      version: handler.currentVersion,
      ...(warm > 0 && { provisionedConcurrentExecutions: warm }),
    });
    const failing = new BankAlarm(handler, 'DeploymentFails', {
      alarms: this.#alarms,
      says: `${handler.node.id} failed; a deployment of it is rolled back`,
      runbook: 'a-deployment-is-rolled-back',
      metric: alias.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
    });
    this.#shared ??= this.#whatIsShared();
    const { application, role } = this.#shared;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [handler.functionArn, `${handler.functionArn}:live`],
      }),
    );
    // Its powers before its first work.
    alias.node.addDependency(role);
    new LambdaDeploymentGroup(handler, 'Deployment', {
      application,
      // The CDK would add a policy of AWS's, with the same powers over every function of the account.
      role: role.withoutPolicyUpdates(),
      alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [failing, ...this.#against],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    return alias;
  }

  #whatIsShared() {
    const role = new Role(this, 'Role', {
      description: 'Moves the alias of a function from one version to the next',
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Only cloudwatch:DescribeAlarms, which reads, is granted on *: less does not show every kind of alarm.',
    });
    return { application: new LambdaApplication(this, 'Application'), role };
  }
}
