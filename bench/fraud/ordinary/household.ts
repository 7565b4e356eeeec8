import { type GeneratedPayment, monthBegins } from '../payment.ts';
import type { Random } from '../random.ts';
import type { Customer, Person, World } from '../world.ts';
import { cash, clock, pay, someTime, standingOrder, transfer } from './pay.ts';

/** What a person buys in a month: from whom, how often, for how much (cents: the median, and how wide the amounts lie). */
const purchases: {
  behaviour: string;
  from(person: Person, world: World): readonly Customer[];
  times: [least: number, most: number];
  median: number;
  width: number;
}[] = [
  { behaviour: 'groceries', from: person => person.shops, times: [5, 12], median: 4_500, width: 0.5 },
  { behaviour: 'online shopping', from: (_person, world) => world.firms, times: [0, 4], median: 6_500, width: 0.9 },
  { behaviour: 'friends', from: person => person.friends, times: [1, 5], median: 3_500, width: 0.8 },
];

/** A month of one household: wages, rent, bills, purchases, cash, and what is put by. */
export function* household(
  person: Person,
  world: World,
  firstDay: number,
  random: Random,
): Generator<GeneratedPayment> {
  yield* wages(person, firstDay, random);
  const rent = { to: person.landlord, cents: person.rent, at: clock(person, firstDay + 1, 7), behaviour: 'rent' };
  yield standingOrder({ from: person, ...rent }, random);
  for (const bill of person.bills) {
    const cents = bill.cents * random.between(0.9, 1.1);
    yield* pay(
      person,
      { ...bill, cents, at: someTime(person, firstDay + bill.day, random), behaviour: 'bill' },
      random,
    );
  }
  for (const { behaviour, from, times, median, width } of purchases) {
    for (let left = random.whole(...times); left > 0; left -= 1) {
      const [to, at] = [random.pick(from(person, world)), someTime(person, firstDay + random.whole(0, 29), random)];
      if (to.id !== person.id) yield* pay(person, { to, cents: random.skewed(median, width), at, behaviour }, random);
    }
  }
  for (let left = random.whole(1, 4); left > 0; left -= 1) {
    const at = clock(person, firstDay + random.whole(0, 29), random.between(9, 22));
    yield cash(
      'WITHDRAWAL',
      person,
      { cents: random.pick([4_000, 6_000, 10_000, 20_000]), at, behaviour: 'cash' },
      random,
    );
  }
  yield* putBy(person, firstDay, random);
}

/** Twice a month from an employer elsewhere, or once from a shop here: see `business.ts`. */
function* wages(person: Person, firstDay: number, random: Random): Generator<GeneratedPayment> {
  if (person.employer) {
    return;
  }
  for (const day of [0, 14]) {
    const wage = { cents: person.wage / 2, at: clock(person, firstDay + day, 6), behaviour: 'wage' };
    yield { ...cash('DEPOSIT', person, wage, random), context: true };
  }
}

/** Money put by each month. Whoever has forgotten its savings did so once, long ago. */
function* putBy(person: Person, firstDay: number, random: Random): Generator<GeneratedPayment> {
  const savings = { ...person, checking: person.savings };
  if (person.forgotten) {
    if (firstDay === 0) {
      const at = monthBegins - random.whole(250, 900) * 86_400_000;
      yield transfer({ from: savings, to: person.landlord, cents: 20_000, at, behaviour: 'rent' }, random);
    }
    return;
  }
  if (random.chance(0.6)) {
    const at = someTime(person, firstDay + random.whole(2, 6), random);
    yield* pay(person, { to: savings, cents: random.between(10_000, 60_000), at, behaviour: 'savings' }, random);
  }
  if (random.chance(0.15)) {
    const at = someTime(person, firstDay + random.whole(2, 29), random);
    yield {
      ...transfer(
        { from: savings, to: random.pick(person.friends), cents: random.skewed(20_000, 0.5), at, behaviour: 'savings' },
        random,
      ),
    };
  }
}
