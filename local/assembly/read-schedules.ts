import * as z from 'zod';
import type { ScheduleDefinition } from '../scheduler/schedule-definition.ts';
import { readTimetable } from '../scheduler/timetable.ts';
import { AssemblyError } from './assembly-error.ts';
import { quantity } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const date = z.iso.datetime({ offset: true }).transform(text => new Date(text));

const scheduleSchema = z.object({
  GroupName: z.string().default('default'),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  StartDate: date.optional(),
  EndDate: date.optional(),
  Target: z.object({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z
      .object({ MaximumRetryAttempts: quantity.optional(), MaximumEventAgeInSeconds: quantity.optional() })
      .default({}),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).default({}),
  }),
});

const defaultRetryAttempts = 185;
const defaultEventAgeInSeconds = 86_400;

/** EventBridge's schedules, whose targets are functions only. Throws AssemblyError for an expression that is none. */
export function readSchedules(assembly: ResolvedAssembly): ScheduleDefinition[] {
  return assembly.ofType('AWS::Scheduler::Schedule').map(resource => {
    const schedule = resource.read(scheduleSchema);
    const { Target: target } = schedule;
    const where = `stack ${resource.stack}, resource ${resource.logicalId}`;
    if (!target.Arn.includes(':function:')) {
      throw new AssemblyError(`${where}: only functions are served locally as targets of schedules, not ${target.Arn}`);
    }
    const { ScheduleExpression: expression, ScheduleExpressionTimezone: timezone, StartDate, EndDate } = schedule;
    try {
      readTimetable(expression, timezone, StartDate, EndDate);
    } catch (error) {
      throw new AssemblyError(`${where}: ${(error as Error).message}`);
    }
    return {
      name: resource.ref(),
      groupName: schedule.GroupName,
      arn: resource.attribute('Arn'),
      ...(schedule.Description !== undefined && { description: schedule.Description }),
      expression,
      timezone,
      enabled: schedule.State === 'ENABLED',
      ...(StartDate && { startDate: StartDate }),
      ...(EndDate && { endDate: EndDate }),
      target: {
        functionArn: target.Arn,
        roleArn: target.RoleArn,
        ...(target.Input !== undefined && { input: target.Input }),
        maximumRetryAttempts: target.RetryPolicy.MaximumRetryAttempts ?? defaultRetryAttempts,
        maximumEventAgeInSeconds: target.RetryPolicy.MaximumEventAgeInSeconds ?? defaultEventAgeInSeconds,
        ...(target.DeadLetterConfig.Arn !== undefined && { deadLetterArn: target.DeadLetterConfig.Arn }),
      },
    };
  });
}
