import { Decimal } from 'decimal.js';
import { assumed } from './assumptions.ts';
import type { Line } from './bill.ts';
import type { Inventory } from './inventory.ts';
import type { Volume } from './volume.ts';

const gigabyte = 1024 ** 3;

/** What follows a transfer when its answer is out: the event, its audit and review, what is logged; and what the clock starts. */
export function backgroundLines(inventory: Inventory, volume: Volume): Line[] {
  const { memory, queueConsumers, scheduledRuns, signingsPerDay, logDays } = inventory;
  const { perMonth, days, requests } = volume;
  const million = (count: Decimal) => count.div(1_000_000);
  const batches = perMonth.div(assumed('eventsPerBatch'));
  const runs = days.times(scheduledRuns);
  const logged = requests.plus(batches).plus(runs).times(assumed('logBytesPerRequest')).div(gigabyte);
  const monthsLogged = new Decimal(logDays).div(days);
  const signings = days.times(signingsPerDay);
  const busy = batches.times(assumed('batchMilliseconds')).times(memory.workers);
  const scheduled = runs.times(assumed('scheduleMilliseconds')).times(memory.schedules);
  return [
    {
      service: 'SQS',
      what: 'one message an event; a receive and a delete a batch; receives of nothing',
      quantity: million(perMonth.plus(batches.times(2))).plus(assumed('idleReceives').times(queueConsumers)),
      price: 'sqs',
    },
    {
      service: 'Lambda',
      what: 'batches and scheduled runs',
      quantity: million(batches.plus(runs)),
      price: 'lambdaRequests',
    },
    { service: 'Lambda', what: 'their time', quantity: busy.plus(scheduled).div(1000), price: 'lambdaDuration' },
    { service: 'EventBridge Scheduler', what: 'runs', quantity: million(runs), price: 'scheduler' },
    {
      service: 'SNS',
      what: 'notifications',
      quantity: million(perMonth.times(assumed('notificationsPerTransfer'))),
      price: 'sns',
    },
    { service: 'CloudWatch', what: 'logs taken in', quantity: logged, price: 'logIngestion' },
    {
      service: 'CloudWatch',
      what: `logs kept for ${logDays} days`,
      quantity: logged.times(monthsLogged).times(assumed('logCompression')),
      price: 'logStorage',
    },
    { service: 'KMS', what: 'seals signed', quantity: million(signings), price: 'kmsSigning' },
    { service: 'S3', what: 'seals written', quantity: million(signings), price: 'objectWrites' },
  ];
}
