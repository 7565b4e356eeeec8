import { randomUUID } from 'node:crypto';
import { type DeadLetter, deadLetterOf } from './dead-letter.ts';
import type { ScheduleDefinition } from './schedule-definition.ts';
import { type ScheduledRun, scheduleInput } from './schedule-input.ts';
import { readTimetable, type Timetable } from './timetable.ts';

export interface SchedulerOptions {
  schedules: ScheduleDefinition[];
  /** Invokes a function with JSON; answers with what it gave back, or with its words when it failed. */
  invoke(functionArn: string, input: string): Promise<{ payload: unknown } | { fault: string }>;
  /** Takes what no try got through. */
  onDeadLetter?(letter: DeadLetter): Promise<void>;
  log?(line: string): void;
  /** How long to wait before another try; tests shorten it. */
  retryDelayMs?(attempt: number): number;
}

export interface Scheduler {
  /** Starts the clocks. Nothing that was due before is made up for. */
  start(): void;
  /** Stops the clocks and gives up on tries that wait; runs that are under way are the functions' own business. */
  close(): Promise<void>;
}

/** Scheduler invokes functions asynchronously, and Lambda tries such an invocation at most twice more. */
const mostRetries = 2;
/** Long waits are cut, for timers of weeks do not exist and machines go to sleep. */
const longestWaitMs = 60_000;
/** What is later than this was missed, by a machine that slept: AWS has runs a minute late at most. */
const lateMs = 60_000;

/** Waits so long, or until it is told to wait no more. */
function pause(milliseconds: number, end: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  end.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

/** Runs schedules: invokes each one's function when it is due, and again when that fails, as its retry policy allows. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { log = () => {}, retryDelayMs = attempt => Math.min(1_000 * 2 ** (attempt - 1), 30_000) } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const closing = new AbortController();

  /** One try. @returns why it failed. */
  async function invoke({ target }: ScheduleDefinition, input: string): Promise<string | undefined> {
    try {
      const outcome = await options.invoke(target.functionArn, input);
      return 'fault' in outcome ? outcome.fault : undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Which limit keeps a failed run from another try. */
  function exhausted({ target }: ScheduleDefinition, { attempt, scheduledTime }: ScheduledRun) {
    if (attempt > Math.min(target.maximumRetryAttempts, mostRetries)) return 'MaximumRetryAttempts';
    const age = Date.now() - scheduledTime.getTime();
    return age > target.maximumEventAgeInSeconds * 1_000 ? 'MaximumEventAgeInSeconds' : undefined;
  }

  async function run(schedule: ScheduleDefinition, scheduledTime: Date): Promise<void> {
    const executionId = randomUUID();
    for (let attempt = 1; !closing.signal.aborted; attempt += 1) {
      const tried: ScheduledRun = { scheduleArn: schedule.arn, scheduledTime, attempt, executionId };
      const input = scheduleInput(schedule.target.input, tried);
      const fault = await invoke(schedule, input);
      if (fault === undefined) return;
      log(`${schedule.name} failed at try ${attempt}: ${fault}`);
      const limit = exhausted(schedule, tried);
      if (limit !== undefined) {
        const letter = deadLetterOf(schedule, tried, { input, message: fault, exhausted: limit });
        if (letter) await options.onDeadLetter?.(letter);
        return;
      }
      await pause(retryDelayMs(attempt), closing.signal);
    }
  }

  function arm(schedule: ScheduleDefinition, timetable: Timetable, after: Date): void {
    const due = timetable.next(after);
    if (!due || closing.signal.aborted) return;
    const wait = () => {
      const left = due.getTime() - Date.now();
      if (left > 0) {
        timers.set(schedule.arn, setTimeout(wait, Math.min(left, longestWaitMs)));
        return;
      }
      if (left < -lateMs) log(`${schedule.name} was missed at ${due.toISOString()}`);
      else void run(schedule, due).catch(error => log(`${schedule.name} was lost: ${error}`));
      arm(schedule, timetable, new Date(Math.max(due.getTime(), Date.now())));
    };
    wait();
  }

  return {
    start() {
      const now = new Date();
      for (const schedule of options.schedules) {
        if (!schedule.enabled) continue;
        const { expression, timezone, startDate, endDate } = schedule;
        arm(schedule, readTimetable(expression, timezone, startDate, endDate), now);
      }
    },
    async close() {
      closing.abort();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
