/** A schedule as its template describes it. */
export interface ScheduleDefinition {
  name: string;
  groupName: string;
  arn: string;
  description?: string;
  /** `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`, `at(2026-12-31T23:59:00)` */
  expression: string;
  timezone: string;
  enabled: boolean;
  startDate?: Date;
  endDate?: Date;
  target: ScheduleTarget;
}

/** What a schedule invokes: a function. */
export interface ScheduleTarget {
  functionArn: string;
  roleArn: string;
  /** JSON, with placeholders such as `<aws.scheduler.scheduled-time>`. */
  input?: string;
  maximumRetryAttempts: number;
  maximumEventAgeInSeconds: number;
  /** The queue for what could not be delivered. */
  deadLetterArn?: string;
}
