import { readTimetable } from '../../local/scheduler/timetable.ts';

const days = 28;

/** How often a schedule runs in a day, on average over four weeks of February; one of every month's first day does so once. */
export function runsPerDay(expression: string): number {
  const begin = new Date('2026-02-01T00:00:00Z');
  const end = begin.getTime() + days * 86_400_000;
  const timetable = readTimetable(expression, 'UTC', begin);
  let runs = 0;
  for (let at = timetable.next(new Date(begin.getTime() - 1)); at && at.getTime() < end; at = timetable.next(at)) {
    runs += 1;
  }
  return runs / days;
}
