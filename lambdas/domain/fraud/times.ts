const hour = 3_600_000;

/** The hours from one instant to a later one. */
export function hoursBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / hour;
}

/** Of things that happened, those less than so many hours before an instant. */
export function within<Item extends { created_at: string }>(
  items: readonly Item[],
  hours: number,
  until: string,
): Item[] {
  return items.filter(item => hoursBetween(item.created_at, until) < hours);
}
