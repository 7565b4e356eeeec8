import { Decimal } from 'decimal.js';
import { assumed } from './assumptions.ts';
import type { Inventory } from './inventory.ts';

/** What a number of transfers a day comes to. */
export interface Volume {
  perDay: Decimal;
  perMonth: Decimal;
  days: Decimal;
  /** Transfers per second: over the whole day, and in the busiest hour. */
  perSecond: { average: Decimal; peak: Decimal };
  /** API requests a month, reads included. */
  requests: Decimal;
  /** ACU of the writer that the load uses: on average, and at the peak; never less than it has anyway. */
  averageAcu: Decimal;
  peakAcu: Decimal;
  largestWriterAcu: Decimal;
}

/** The least that Aurora gives an instance that does not pause. */
const smallestAcu = 0.5;

/** The transfers of a day, and what the assumptions make of them. */
export function volumeOf({ database, scheduledRuns }: Inventory, transfersPerDay: number): Volume {
  const perDay = new Decimal(transfersPerDay);
  const days = assumed('daysPerMonth');
  const perMonth = perDay.times(days);
  const average = perDay.div(86_400);
  const peak = average.times(assumed('peakFactor'));
  const acu = (rate: Decimal) => rate.div(assumed('transfersPerSecondPerAcu')).div(assumed('targetUtilisation'));
  // Schedules ask the database every minute: it is never idle for long enough to pause.
  const least = scheduledRuns > 0 ? Decimal.max(database.minimumAcu, smallestAcu) : database.minimumAcu;
  return {
    perDay,
    perMonth,
    days,
    perSecond: { average, peak },
    requests: perMonth.times(assumed('requestsPerTransfer')),
    averageAcu: Decimal.max(acu(average), least),
    peakAcu: Decimal.max(acu(peak), least),
    largestWriterAcu: assumed('largestWriterAcu'),
  };
}
