/** A name that leads to no schedule, or to several; its message is meant for a person. */
export class ScheduleNotFound extends Error {
  override readonly name = 'ScheduleNotFound';
}

/** The schedule of this name, or the only one whose name ends in it: `relay-events` for `countinghouse-dev-relay-events`. */
export function findSchedule<Schedule extends { name: string }>(schedules: Schedule[], name: string): Schedule {
  const exact = schedules.find(schedule => schedule.name === name);
  if (exact) return exact;
  const [found, other] = schedules.filter(schedule => schedule.name.endsWith(`-${name}`));
  if (!found) throw new ScheduleNotFound(`There is no schedule ${name}.`);
  if (other) throw new ScheduleNotFound(`${name} may be ${found.name} or ${other.name}: write more of it.`);
  return found;
}
