import { Cron } from 'croner';
import { cronPattern } from './cron-pattern.ts';

/** When a schedule is due. */
export interface Timetable {
  /** The first time after a moment; undefined when there is none any more. */
  next(after: Date): Date | undefined;
}

const unitMs: Record<string, number> = { minute: 60_000, hour: 60 * 60_000, day: 24 * 60 * 60_000 };

/** An expression that EventBridge Scheduler would refuse; its message says what is wrong with it. */
class InvalidExpression extends Error {
  override readonly name = 'InvalidExpression';
}

/** Every period from `start` on; without one, from 1970 on, so that the times are the same whenever a bank is started. */
function rate(text: string, start: Date | undefined): Timetable {
  const [, count = '', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
  const period = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (Number.isNaN(period)) throw new InvalidExpression(`rate(${text}) is not a number of minutes, hours or days`);
  const anchor = start?.getTime() ?? 0;
  return {
    next(after) {
      const passed = Math.floor((after.getTime() - anchor) / period);
      return new Date(anchor + Math.max(0, passed + 1) * period);
    },
  };
}

/** What a clock on the wall shows. */
function wallTime(moment: Date, timezone: string): string {
  return moment.toLocaleString('sv', { timeZone: timezone });
}

/** Whether a clock showed the same time shortly before, as it does when it is put back. */
function isRepeated(moment: Date, timezone: string): boolean {
  return [30, 60].some(
    minutes => wallTime(new Date(moment.getTime() - minutes * 60_000), timezone) === wallTime(moment, timezone),
  );
}

/** At each time of a pattern that a clock shows: never at one that is skipped when it is put forward, once when it is put back. */
function cron(text: string, timezone: string): Timetable {
  const options = { timezone, alternativeWeekdays: true, mode: '7-part', paused: true } as const;
  const job = new Cron(cronPattern(text), options);
  return {
    next(after) {
      let found = job.nextRun(after);
      while (found && (!job.match(found) || isRepeated(found, timezone))) found = job.nextRun(found);
      return found ?? undefined;
    },
  };
}

function once(text: string, timezone: string): Timetable {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)
    ? new Cron(text, { timezone, paused: true }).getOnce()
    : undefined;
  if (!moment) throw new InvalidExpression(`at(${text}) is not a time such as at(2026-12-31T23:59:00)`);
  return { next: after => (moment > after ? moment : undefined) };
}

function unbounded(expression: string, timezone: string, start: Date | undefined): Timetable {
  const [, kind, text = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(text, start);
  if (kind === 'cron') return cron(text, timezone);
  if (kind === 'at') return once(text, timezone);
  throw new InvalidExpression(`${expression} is neither rate(…), cron(…) nor at(…)`);
}

/**
 * Reads a schedule's expression (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html): `rate(5
 * minutes)`, `cron(0 9 ? * MON-FRI *)`, `at(2026-12-31T23:59:00)`, in a time zone of the IANA database, from `start` on and
 * up to `end`, both included. Throws InvalidExpression.
 */
export function readTimetable(expression: string, timezone: string, start?: Date, end?: Date): Timetable {
  try {
    // Throws for a time zone that does not exist, where the expression itself has no use for one.
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    const timetable = unbounded(expression, timezone, start);
    // A pattern may be malformed in ways that only show when it is used.
    timetable.next(new Date());
    return {
      next(after) {
        const beforeStart = start === undefined ? after : new Date(Math.max(after.getTime(), start.getTime() - 1));
        const found = timetable.next(beforeStart);
        return found && (end === undefined || found <= end) ? found : undefined;
      },
    };
  } catch (error) {
    if (error instanceof InvalidExpression) throw error;
    throw new InvalidExpression(`${expression} in ${timezone}: ${error instanceof Error ? error.message : error}`);
  }
}
