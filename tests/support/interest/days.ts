/** A calendar day, as `2026-02-28`. */
export type Day = string;

const milliseconds = 24 * 60 * 60 * 1000;
const timeOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: Day, days: number): Day {
  return new Date(timeOf(day) + days * milliseconds).toISOString().slice(0, 10);
}

/** The days from one to another, both included. */
export function daysFrom(first: Day, last: Day): Day[] {
  const count = Math.round((timeOf(last) - timeOf(first)) / milliseconds) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => addDays(first, index));
}

export function isMonthEnd(day: Day): boolean {
  return addDays(day, 1).endsWith('-01');
}
