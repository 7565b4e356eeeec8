/** The last so many days of a month, as `2026-02-28`. `month` counts on from a day's own, which is 0. */
export function lastDays(today: string, month: number, days: number): string[] {
  const [year = 0, thisMonth = 0] = today.split('-').map(Number);
  // The day 0 of the next month is the last of this one.
  return Array.from({ length: days }, (_, index) => isoDay(year, thisMonth + month, index + 1 - days));
}

/** The day before one. */
export function dayBefore(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return isoDay(year, month - 1, date - 1);
}

function isoDay(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}
