import { Decimal } from 'decimal.js';
import { assumed } from './assumptions.ts';
import type { Line } from './bill.ts';
import type { Inventory } from './inventory.ts';
import type { Volume } from './volume.ts';

/** What is billed for being there. */
export function fixedLines(inventory: Inventory, { days }: Volume): Line[] {
  const seconds = days.times(86_400);
  const counted: [service: string, what: string, count: Decimal.Value, price: string][] = [
    ['KMS', 'keys', inventory.keys, 'kmsKey'],
    ['Secrets Manager', 'secrets', inventory.secrets, 'secret'],
    ['CloudWatch', 'alarms', inventory.alarms, 'alarm'],
    ['CloudWatch', 'composite alarms', inventory.compositeAlarms, 'compositeAlarm'],
    ['CloudWatch', 'dashboards', inventory.dashboards, 'dashboard'],
    ['CloudWatch', 'metrics of our own', assumed('customMetrics'), 'metric'],
    ['Lambda', 'environments kept warm', seconds.times(inventory.provisionedGigabytes), 'lambdaProvisioned'],
    ['WAF', 'web ACLs', inventory.webAcls, 'webAcl'],
    ['WAF', 'rules', inventory.webAclRules, 'webAclRule'],
  ];
  return counted
    .map(([service, what, count, price]) => ({ service, what, quantity: new Decimal(count), price }))
    .filter(({ quantity }) => !quantity.isZero());
}
