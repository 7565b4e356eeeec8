import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { billOf } from '../../../../ops/cost/bill.ts';
import type { Inventory } from '../../../../ops/cost/inventory.ts';
import { acuAssumption, dollars, jsonOf, reportOf } from '../../../../ops/cost/report.ts';

const inventory: Inventory = {
  functions: 28,
  memory: { api: 1, workers: 1, schedules: 1 },
  provisionedGigabytes: 0,
  queueConsumers: 2,
  scheduledRuns: 3484,
  signingsPerDay: 288,
  keys: 10,
  secrets: 14,
  alarms: 10,
  compositeAlarms: 0,
  dashboards: 0,
  logDays: 365,
  webAcls: 0,
  webAclRules: 0,
  distributions: 0,
  database: { minimumAcu: 2, maximumAcu: 64, instances: 2, backupDays: 35 },
};

function costOfService(service: string, transfersPerDay: number, changes: Partial<Inventory> = {}): string | undefined {
  const { services } = billOf({ ...inventory, ...changes }, transfersPerDay);
  return services.find(each => each.service === service)?.total.toFixed(2);
}

test('the services sum to the total, and the fixed part is the bill of a bank where nothing moves', () => {
  const bill = billOf(inventory, 1_000_000);
  const sum = bill.services.reduce((all, { total }) => all.plus(total), new Decimal(0));
  expect(sum.toFixed(6)).toBe(bill.total.total.toFixed(6));
  expect(bill.total.fixed.toFixed(6)).toBe(billOf(inventory, 0).total.total.toFixed(6));
});

test('per million is what the transfers add, over their number', () => {
  const { total, volume } = billOf(inventory, 1_000_000);
  expect(total.fixed.plus(total.perMillion.times(volume.perMonth).div(1_000_000)).toFixed(6)).toBe(
    total.total.toFixed(6),
  );
});

test('a bank without transfers pays for the least capacity of every instance', () => {
  // 2 ACU × 2 instances × 720 hours × 0.12
  expect(costOfService('Aurora', 0)).toBe('345.60');
});

test('a database that may pause is paid for half an ACU, for schedules keep it awake', () => {
  const database = { ...inventory.database, minimumAcu: 0, instances: 1 };
  expect(costOfService('Aurora', 0, { database })).toBe('43.20');
  expect(costOfService('Aurora', 0, { database, scheduledRuns: 0 })).toBe('0.00');
});

test('API requests are three a transfer, by the list', () => {
  expect(costOfService('API Gateway', 1_000_000)).toBe('90.00');
});

test('what the templates do not hold is not billed, and what they hold is', () => {
  expect(costOfService('WAF', 1_000_000)).toBeUndefined();
  expect(costOfService('WAF', 1_000_000, { webAcls: 1, webAclRules: 4 })).toBe('63.00');
  expect(costOfService('CloudFront', 1_000_000, { distributions: 1 })).toBe('90.00');
  const warm = Number(costOfService('Lambda', 0, { provisionedGigabytes: 5 })) - Number(costOfService('Lambda', 0));
  expect(warm).toBeCloseTo(43.2, 1);
});

test('more than a stage allows is warned of, and more than any writer has, too', () => {
  expect(billOf(inventory, 1_000_000).warnings).toEqual([]);
  expect(billOf(inventory, 50_000_000).warnings).toEqual([expect.stringMatching(/154 ACU, and the stage allows 64/)]);
  expect(billOf(inventory, 100_000_000).warnings).toEqual([expect.stringMatching(/309 ACU; one has 256 at most/)]);
});

test('amounts are told to the cent, with commas', () => {
  expect(['1234567.891', '0.005', '999.994', '1000'].map(text => dollars(new Decimal(text)))).toEqual([
    '1,234,567.89',
    '0.01',
    '999.99',
    '1,000.00',
  ]);
});

test('the report ends with the total and with what it assumes of the database', () => {
  const bill = billOf(inventory, 100_000_000);
  const lines = reportOf('prod', bill, inventory);
  expect(lines[0]).toBe('prod at 100,000,000 transfers a day, in US dollars a month');
  expect(lines.find(line => line.startsWith('total'))).toContain(dollars(bill.total.total));
  expect(lines).toContain(acuAssumption(bill, inventory));
  expect(lines.at(-1)).toMatch(/^WARNING: /);
});

test('for programs every amount is a decimal string, and the lines sum to the total', () => {
  const answer = JSON.parse(JSON.stringify(jsonOf('prod', billOf(inventory, 1_000_000), inventory)));
  expect(answer.total.total).toMatch(/^\d+\.\d\d$/);
  const sum = answer.lines.reduce((all: Decimal, { cost }: { cost: string }) => all.plus(cost), new Decimal(0));
  expect(sum.minus(answer.total.total).abs().toNumber()).toBeLessThan(0.2);
});
