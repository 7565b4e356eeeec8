import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import * as z from 'zod';

const usd = z.string().regex(/^\d+\.\d+$/);

const priceSchema = z.strictObject({
  /** What the price is for one of. */
  unit: z.string().min(1),
  /** What each unit costs up to so many in a month; the last tier has no end. */
  tiers: z.array(z.strictObject({ upTo: z.string().regex(/^\d+$/).optional(), usd })).min(1),
  source: z.url({ protocol: /^https$/ }),
  /** Whether it was found when the table was made, or is as last known. */
  confirmed: z.boolean(),
});

const tableSchema = z.strictObject({
  date: z.iso.date(),
  region: z.string(),
  currency: z.literal('USD'),
  note: z.string(),
  prices: z.record(z.string(), priceSchema),
});

/** The dated table of prices that lies beside this file. */
export const priceTable = tableSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'prices.json'), 'utf8')));

/** A price of the table; throws when there is none of that name. */
export function priceOf(name: string): z.infer<typeof priceSchema> {
  const price = priceTable.prices[name];
  if (!price) {
    throw new Error(`There is no price ${name}`);
  }
  return price;
}

/** What a quantity in a month costs, tier by tier, in dollars. */
export function costOf(name: string, quantity: Decimal): Decimal {
  let cost = new Decimal(0);
  let from = new Decimal(0);
  for (const tier of priceOf(name).tiers) {
    const until = Decimal.min(quantity, tier.upTo ?? quantity);
    if (until.gt(from)) {
      cost = cost.plus(until.minus(from).times(tier.usd));
      from = until;
    }
  }
  return cost;
}
