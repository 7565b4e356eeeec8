import { randomUUID } from 'node:crypto';
import { account, region } from '../assembly/local-account.ts';

/** What of one run stands in a target's input. */
export interface ScheduledRun {
  scheduleArn: string;
  scheduledTime: Date;
  /** 1 at the first try. */
  attempt: number;
  executionId?: string;
}

/** Scheduler's own event, for a target without an input. */
const defaultInput = JSON.stringify({
  version: '0',
  id: '<aws.scheduler.execution-id>',
  'detail-type': 'Scheduled Event',
  source: 'aws.scheduler',
  account,
  time: '<aws.scheduler.scheduled-time>',
  region,
  resources: ['<aws.scheduler.schedule-arn>'],
  detail: '{}',
});

/** `2026-01-31T09:00:00Z`, as Scheduler writes times. */
export const schedulerTime = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`;

/**
 * The input of one run: the schedule's, with its placeholders filled in
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html).
 */
export function scheduleInput(input: string | undefined, run: ScheduledRun): string {
  const values: Record<string, string> = {
    'schedule-arn': run.scheduleArn,
    'scheduled-time': schedulerTime(run.scheduledTime),
    'execution-id': run.executionId ?? randomUUID(),
    'attempt-number': String(run.attempt),
  };
  return (input ?? defaultInput).replace(
    /<aws\.scheduler\.([a-z-]+)>/g,
    (placeholder, name: string) => values[name] ?? placeholder,
  );
}

/** As `scheduleInput`, for a run by hand, with members of its own beside or in place of the schedule's. */
export function inputByHand(
  input: string | undefined,
  scheduleArn: string,
  now: Date,
  changes: Record<string, unknown> = {},
): string {
  const filled = scheduleInput(input, { scheduleArn, scheduledTime: now, attempt: 1 });
  if (Object.keys(changes).length === 0) return filled;
  return JSON.stringify({ ...JSON.parse(filled), ...changes });
}
