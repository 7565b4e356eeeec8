import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import * as z from 'zod';

const assumptionSchema = z.strictObject({
  value: z.string().regex(/^\d+(\.\d+)?$/),
  unit: z.string().min(1),
  /** Why it is this: measured, and how; documented, and where; or assumed. */
  basis: z.string().min(10),
});

const names = [
  'daysPerMonth',
  'requestsPerTransfer',
  'transferMilliseconds',
  'readMilliseconds',
  'responseKilobytes',
  'logBytesPerRequest',
  'tracedShare',
  'eventsPerBatch',
  'batchMilliseconds',
  'notificationsPerTransfer',
  'idleReceives',
  'scheduleMilliseconds',
  'customMetrics',
  'logCompression',
  'storedBytesPerTransfer',
  'walBytesPerTransfer',
  'walBytesPerIo',
  'readIosPerTransfer',
  'monthsKept',
  'transfersPerUser',
  'transfersPerSecondPerAcu',
  'peakFactor',
  'targetUtilisation',
  'largestWriterAcu',
] as const;

/** What the estimate takes for granted, by name, each with its reason. */
export const assumptions = z
  .record(z.enum(names), assumptionSchema)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'assumptions.json'), 'utf8')));

/** The value of an assumption. */
export function assumed(name: (typeof names)[number]): Decimal {
  return new Decimal(assumptions[name].value);
}
