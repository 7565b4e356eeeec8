import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { expressionOn, type ScheduleDefinition } from '../schedules.ts';
import { BankFunction } from './bank-function.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Provision } from './provision.ts';

interface ScheduledFunctionProps {
  readonly config: StageConfig;
  readonly definition: ScheduleDefinition;
  readonly uses: readonly Provision[];
  readonly deadLetters: DeadLetterQueue;
  readonly roleName?: string;
}

/**
 * A function and the schedule that starts it. EventBridge Scheduler hands an event over and is done; whether it could not,
 * within the time and the tries that it has, or the function failed on it three times: the event ends in the dead-letter
 * queue. It may also come twice, so the function must not mind (EventBridge Scheduler User Guide, "at-least-once").
 */
export class ScheduledFunction extends BankFunction {
  readonly definition: ScheduleDefinition;

  constructor(scope: Construct, props: ScheduledFunctionProps) {
    const { config, definition, uses, deadLetters, roleName } = props;
    const { name, description, entry, beside, timeoutSeconds } = definition;
    super(scope, functionId(name), {
      config,
      description,
      entry,
      ...(beside && { beside }),
      timeout: Duration.seconds(timeoutSeconds),
      uses,
      deadLetters,
      ...(roleName !== undefined && { roleName }),
    });
    this.definition = definition;
    this.#addSchedule(props);
  }

  #addSchedule({ config, definition, deadLetters }: ScheduledFunctionProps): void {
    const { name, description, startWithinSeconds } = definition;
    const role = this.#schedulerRole(deadLetters);
    new CfnSchedule(this, 'Schedule', {
      name: `countinghouse-${config.stage}-${name}`,
      description,
      scheduleExpression: expressionOn(config, definition),
      scheduleExpressionTimezone: config.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>', name }),
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: startWithinSeconds },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
  }

  /** Starting this function is all that the schedule may do, beside telling that it could not. */
  #schedulerRole(deadLetters: DeadLetterQueue): Role {
    const group = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    const statements = [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.functionArn] }),
      ...deadLetters.sending(),
    ];
    return new Role(this, 'SchedulerRole', {
      description: `Starts ${this.node.id}`,
      // Schedules of other accounts have nothing to do with it; of ours, a condition can name no less than their group.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group } },
      }),
      // Inside the role: the schedule, which waits for it, cannot come before its powers.
      inlinePolicies: { start: new PolicyDocument({ statements }) },
    });
  }
}

/** `relay-events` → `RelayEvents`. */
function functionId(name: string): string {
  return name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
