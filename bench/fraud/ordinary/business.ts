import type { GeneratedPayment } from '../payment.ts';
import type { Random } from '../random.ts';
import type { Customer, World } from '../world.ts';
import { cash, clock, standingOrder, transfer } from './pay.ts';

/** A month of a shop: many customers pay it little (they do so themselves), and it pays suppliers, rent and staff. */
export function* shop(owner: Customer, world: World, firstDay: number, random: Random): Generator<GeneratedPayment> {
  for (let left = random.whole(8, 16); left > 0; left -= 1) {
    const at = clock(owner, firstDay + random.whole(0, 29), random.between(8, 12));
    const to = random.pick(world.firms);
    yield transfer({ from: owner, to, cents: random.skewed(90_000, 0.7), at, behaviour: 'suppliers' }, random);
  }
  const rent = {
    to: random.pick(world.landlords),
    cents: 300_000,
    at: clock(owner, firstDay + 1, 7),
    behaviour: 'rent',
  };
  yield standingOrder({ from: owner, ...rent }, random);
  yield* takings(owner, world, firstDay, random);
  yield* staff(owner, world, firstDay, random);
}

/** Cash that is paid in every few days; one shop in nine takes so much that it comes near the reporting threshold every day. */
function* takings(owner: Customer, world: World, firstDay: number, random: Random): Generator<GeneratedPayment> {
  const busy = world.shops.indexOf(owner) % 9 === 0;
  for (let day = 0; day < 30; day += busy ? 1 : random.whole(2, 4)) {
    const cents = busy ? random.skewed(720_000, 0.15) : random.skewed(150_000, 0.5);
    yield cash(
      'DEPOSIT',
      owner,
      { cents, at: clock(owner, firstDay + day, random.between(16, 18)), behaviour: 'takings' },
      random,
    );
  }
}

/** The staff are paid one after the other, in the same quarter of an hour. */
function* staff(owner: Customer, world: World, firstDay: number, random: Random): Generator<GeneratedPayment> {
  const begins = clock(owner, firstDay + 27, random.between(9, 17));
  const employed = world.people.filter(person => person.employer?.id === owner.id);
  for (const [index, to] of employed.entries()) {
    const at = begins + index * random.between(40_000, 90_000);
    yield transfer({ from: owner, to, cents: to.wage * random.between(0.95, 1.05), at, behaviour: 'staff' }, random);
  }
}

/** A month of a firm, which is paid by shops and people, and pays other firms larger amounts. */
export function* firm(owner: Customer, world: World, firstDay: number, random: Random): Generator<GeneratedPayment> {
  const others = world.firms.filter(other => other.id !== owner.id);
  for (let left = random.whole(10, 20); left > 0; left -= 1) {
    const at = clock(owner, firstDay + random.whole(0, 29), random.between(8, 18));
    const cents = random.skewed(350_000, 0.8);
    yield transfer({ from: owner, to: random.pick(others), cents, at, behaviour: 'suppliers' }, random);
  }
}

/** A month of a landlord: the rents come in on one day, and a good part of them leaves for the bank that lent the money. */
export function* landlord(
  owner: Customer,
  world: World,
  firstDay: number,
  random: Random,
): Generator<GeneratedPayment> {
  const tenants = world.people.filter(person => person.landlord.id === owner.id);
  const rents = tenants.reduce((sum, tenant) => sum + tenant.rent, 0);
  const mortgage = {
    to: world.firms[0] ?? owner,
    cents: rents * random.between(0.5, 0.75),
    at: clock(owner, firstDay + 1, 16),
  };
  if (rents > 0) {
    yield standingOrder({ from: owner, ...mortgage, behaviour: 'mortgage' }, random);
  }
  for (let left = random.whole(2, 6); left > 0; left -= 1) {
    const at = clock(owner, firstDay + random.whole(2, 29), random.between(9, 20));
    yield transfer(
      { from: owner, to: random.pick(world.firms), cents: random.skewed(40_000, 0.9), at, behaviour: 'repairs' },
      random,
    );
  }
}
