/** The greatest value of each field: minutes, hours, day of month, month, day of week, year. */
const greatest = [59, 23, 31, 12, 7, 2199];
const saturday = '7';

/** `5/15`, which AWS takes for "from 5 on", as the range that it means; the last weekday of a month as `6#L`. */
function field(text: string, index: number): string {
  const items = text.split(',').map(item => item.replace(/^(\d+)\/(\d+)$/, `$1-${greatest[index]}/$2`));
  if (index !== 4) return items.join(',');
  return items.map(item => (item === 'L' ? saturday : item.replace(/^(\w+)L$/, '$1#L'))).join(',');
}

/**
 * Writes the six fields of an AWS cron expression (minutes, hours, day of month, month, day of week from 1 for Sunday,
 * year) as croner's seven, with the seconds before them. Throws for a wrong number of fields, and unless exactly one of the
 * two days is `?`.
 */
export function cronPattern(text: string): string {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`it has ${fields.length} fields in place of six`);
  const [dayOfMonth, dayOfWeek] = [fields[2], fields[4]];
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error('either the day of the month or the day of the week must be ?');
  }
  return ['0', ...fields.map(field)].join(' ');
}
