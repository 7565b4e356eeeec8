import { Decimal } from 'decimal.js';
import { backgroundLines } from './background-lines.ts';
import { databaseLines } from './database-lines.ts';
import { fixedLines } from './fixed-lines.ts';
import type { Inventory } from './inventory.ts';
import { costOf } from './prices.ts';
import { requestLines } from './request-lines.ts';
import { type Volume, volumeOf } from './volume.ts';

/** One thing that is billed, in a month. */
export interface Line {
  service: string;
  what: string;
  /** In the unit of the price. */
  quantity: Decimal;
  /** The price's name in the table. */
  price: string;
}

/** A service's part of the bill, in dollars. */
export interface ServiceCost {
  service: string;
  /** Without a single transfer. */
  fixed: Decimal;
  perMillion: Decimal;
  total: Decimal;
}

/** A month's bill. */
export interface Bill {
  volume: Volume;
  lines: readonly (Line & { cost: Decimal })[];
  services: readonly ServiceCost[];
  total: ServiceCost;
  /** What the stage can't do at this volume, in sentences. */
  warnings: readonly string[];
}

function linesOf(inventory: Inventory, volume: Volume): Line[] {
  return [
    ...databaseLines(inventory, volume),
    ...requestLines(inventory, volume),
    ...backgroundLines(inventory, volume),
    ...fixedLines(inventory, volume),
  ];
}

/** Prices a month of a stage at so many transfers a day. */
export function billOf(inventory: Inventory, transfersPerDay: number): Bill {
  const volume = volumeOf(inventory, transfersPerDay);
  const lines = priced(linesOf(inventory, volume));
  const idle = priced(linesOf(inventory, volumeOf(inventory, 0)));
  const names = [...new Set(lines.map(({ service }) => service))];
  const services = names.map(service => {
    const of = (all: typeof lines) => total(all.filter(line => line.service === service));
    return serviceCost(service, of(idle), of(lines), volume);
  });
  return {
    volume,
    lines,
    services,
    total: serviceCost('total', total(idle), total(lines), volume),
    warnings: warningsFor(inventory, volume),
  };
}

function priced(lines: readonly Line[]): (Line & { cost: Decimal })[] {
  return lines.map(line => ({ ...line, cost: costOf(line.price, line.quantity) }));
}

function total(lines: readonly { cost: Decimal }[]): Decimal {
  return lines.reduce((sum, { cost }) => sum.plus(cost), new Decimal(0));
}

function serviceCost(service: string, fixed: Decimal, cost: Decimal, { perMonth }: Volume): ServiceCost {
  const perMillion = perMonth.isZero() ? new Decimal(0) : cost.minus(fixed).div(perMonth).times(1_000_000);
  return { service, fixed, perMillion, total: cost };
}

function warningsFor({ database }: Inventory, { peakAcu, largestWriterAcu, perSecond }: Volume): string[] {
  const needed = `At its peak (${perSecond.peak.toFixed(0)} transfers per second) the writer needs ${peakAcu.toFixed(0)} ACU`;
  if (peakAcu.gt(largestWriterAcu)) {
    return [`${needed}; one has ${largestWriterAcu} at most: the accounts must be placed on several (docs/COSTS.md).`];
  }
  return peakAcu.gt(database.maximumAcu)
    ? [`${needed}, and the stage allows ${database.maximumAcu}: raise its maximumCapacity.`]
    : [];
}
