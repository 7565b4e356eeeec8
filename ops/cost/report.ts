import type { Decimal } from 'decimal.js';
import { assumptions } from './assumptions.ts';
import type { Bill, ServiceCost } from './bill.ts';
import type { Inventory } from './inventory.ts';
import { priceOf, priceTable } from './prices.ts';

/** Dollars and cents, with commas between thousands. */
export function dollars(amount: Decimal): string {
  return amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
}

/** What is assumed of the database, in one sentence: it is the largest line that rests on no list. */
export function acuAssumption({ volume }: Bill, { database }: Inventory): string {
  const { transfersPerSecondPerAcu, peakFactor, targetUtilisation } = assumptions;
  return (
    `ACU: ${transfersPerSecondPerAcu.value} transfers per second on one (${transfersPerSecondPerAcu.basis}), ` +
    `used to ${targetUtilisation.value}, a peak of ${peakFactor.value} times the average: ` +
    `${volume.averageAcu.toFixed(1)} on average and ${volume.peakAcu.toFixed(1)} at the peak, ` +
    `of ${database.minimumAcu} to ${database.maximumAcu} that the stage allows, on ${database.instances} instances.`
  );
}

/** The bill as a person reads it. */
export function reportOf(stage: string, bill: Bill, inventory: Inventory): string[] {
  const rows = [...bill.services.toSorted((one, other) => other.total.cmp(one.total)), bill.total];
  return [
    `${stage} at ${bill.volume.perDay.toNumber().toLocaleString('en')} transfers a day, in US dollars a month`,
    `(list prices of ${priceTable.region} on ${priceTable.date}, without free tiers)`,
    '',
    ...table(rows),
    '',
    acuAssumption(bill, inventory),
    ...bill.warnings.map(warning => `WARNING: ${warning}`),
  ];
}

function table(rows: readonly ServiceCost[]): string[] {
  const texts = rows.map(({ service, fixed, perMillion, total }) => [
    service,
    dollars(fixed),
    dollars(perMillion),
    dollars(total),
  ]);
  const all = [['service', 'fixed', 'per million transfers', 'total'], ...texts];
  const widths = [0, 1, 2, 3].map(column => Math.max(...all.map(row => row[column]?.length ?? 0)));
  return all.map(row =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

/** The bill for programs: amounts are decimal strings. */
export function jsonOf(stage: string, bill: Bill, inventory: Inventory): object {
  const amounts = ({ service, fixed, perMillion, total }: ServiceCost) => ({
    service,
    fixed: fixed.toFixed(2),
    per_million_transfers: perMillion.toFixed(2),
    total: total.toFixed(2),
  });
  return {
    stage,
    transfers_per_day: bill.volume.perDay.toNumber(),
    prices: { date: priceTable.date, region: priceTable.region, currency: priceTable.currency },
    services: bill.services.map(amounts),
    total: amounts(bill.total),
    lines: bill.lines.map(({ service, what, quantity, price, cost }) => ({
      service,
      what,
      quantity: quantity.toFixed(4),
      unit: priceOf(price).unit,
      cost: cost.toFixed(2),
    })),
    inventory,
    acu: {
      average: bill.volume.averageAcu.toFixed(2),
      peak: bill.volume.peakAcu.toFixed(2),
      assumption: acuAssumption(bill, inventory),
    },
    assumptions,
    warnings: bill.warnings,
  };
}
