import type { ScheduleDefinition } from './schedule-definition.ts';
import { type ScheduledRun, schedulerTime } from './schedule-input.ts';

/** What becomes of a run that no try got through. */
export interface DeadLetter {
  queueArn: string;
  body: string;
  /** By name; all of them are text. */
  attributes: Record<string, string>;
}

/** Which of a retry policy's limits was reached. */
export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/**
 * A run for the schedule's dead-letter queue, when it has one
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html).
 */
export function deadLetterOf(
  { arn, target }: ScheduleDefinition,
  { attempt, scheduledTime, executionId = '' }: ScheduledRun,
  failure: { input: string; message: string; exhausted: Exhausted },
): DeadLetter | undefined {
  if (target.deadLetterArn === undefined) return undefined;
  return {
    queueArn: target.deadLetterArn,
    body: failure.input,
    attributes: {
      ERROR_CODE: 'AWS.Lambda.FunctionError',
      ERROR_MESSAGE: failure.message.slice(0, 1_000),
      EXECUTION_ID: executionId,
      EXHAUSTED_RETRY_CONDITION: failure.exhausted,
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: String(attempt - 1),
      SCHEDULED_TIME: schedulerTime(scheduledTime),
      SCHEDULE_ARN: arn,
      TARGET_ARN: target.functionArn,
    },
  };
}
