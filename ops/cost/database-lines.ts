import { Decimal } from 'decimal.js';
import { assumed } from './assumptions.ts';
import type { Line } from './bill.ts';
import type { Inventory } from './inventory.ts';
import type { Volume } from './volume.ts';

const gigabyte = 1024 ** 3;
const service = 'Aurora';

/** What the ledger's cluster and the calls of its Data API are billed for. Readers scale with the writer. */
export function databaseLines({ database, scheduledRuns }: Inventory, volume: Volume): Line[] {
  const { perDay, perMonth, days, requests, averageAcu } = volume;
  const million = (count: Decimal) => count.div(1_000_000);
  const hours = days.times(24);
  const wal = assumed('walBytesPerTransfer');
  const writes = perMonth.times(wal).div(assumed('walBytesPerIo'));
  const reads = perMonth.times(assumed('readIosPerTransfer'));
  const batches = perMonth.div(assumed('eventsPerBatch'));
  const stored = perMonth.times(assumed('monthsKept')).times(assumed('storedBytesPerTransfer')).div(gigabyte);
  // Backups as large as the cluster are in its price; changes of the days that are kept may come to more.
  const changes = perDay.times(wal).times(database.backupDays).div(gigabyte);
  return [
    {
      service,
      what: `capacity: ${averageAcu.toFixed(1)} ACU on average, on each of ${database.instances} instances`,
      quantity: averageAcu.times(database.instances).times(hours),
      price: 'acuHour',
    },
    { service, what: 'storage', quantity: stored, price: 'databaseStorage' },
    { service, what: 'I/O', quantity: million(writes.plus(reads)), price: 'databaseIo' },
    { service, what: 'backups', quantity: Decimal.max(changes.minus(stored), 0), price: 'databaseBackup' },
    {
      service: 'Data API',
      what: 'calls: one a request, two a batch of events, one a scheduled run',
      quantity: million(requests.plus(batches.times(2)).plus(days.times(scheduledRuns))),
      price: 'dataApi',
    },
  ];
}
