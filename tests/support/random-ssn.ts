import { randomInt } from 'node:crypto';

/** A number as the SSA might issue it, without dashes. */
export function randomSsn(): string {
  return `${randomInt(100, 600)}${randomInt(10, 99)}${randomInt(1000, 9999)}`;
}
