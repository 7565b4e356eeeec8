import type { ScheduleDefinition, ScheduleTarget } from '../../../local/scheduler/schedule-definition.ts';

/** A schedule that invokes a function every minute, with changes. */
export function schedule(
  changes: Partial<ScheduleDefinition> = {},
  target: Partial<ScheduleTarget> = {},
): ScheduleDefinition {
  const name = changes.name ?? 'countinghouse-local-relay-events';
  return {
    name,
    groupName: 'default',
    arn: `arn:aws:scheduler:us-east-1:000000000000:schedule/default/${name}`,
    expression: 'rate(1 minute)',
    timezone: 'UTC',
    enabled: true,
    target: {
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:relay',
      roleArn: 'arn:aws:iam::000000000000:role/scheduler',
      maximumRetryAttempts: 185,
      maximumEventAgeInSeconds: 86_400,
      ...target,
    },
    ...changes,
  };
}
