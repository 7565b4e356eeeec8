import type { GeneratedPayment } from '../payment.ts';
import type { Random } from '../random.ts';
import type { Person, World } from '../world.ts';
import { clock, pay, someTime, transfer } from './pay.ts';

type Seldom = (person: Person, world: World, random: Random) => Generator<GeneratedPayment>;

/** What happens to a person once in years, and how likely it is in a month. */
export const seldom: { share: number; happens: Seldom }[] = [
  { share: 0.01, happens: buysHouse },
  { share: 0.02, happens: buysCar },
  { share: 0.12, happens: remembersSavings },
  { share: 0.03, happens: collectsMoney },
  { share: 0.02, happens: movesHouse },
];

function* buysHouse(person: Person, world: World, random: Random): Generator<GeneratedPayment> {
  const cents = random.skewed(4_500_000, 0.5);
  const day = random.whole(2, 25);
  const savings = { ...person, checking: person.savings };
  const drawn = { from: savings, to: person, cents: cents * 1.1, at: clock(person, day, 11), behaviour: 'house' };
  yield transfer(drawn, random);
  yield* pay(
    person,
    { to: random.pick(world.firms), cents, at: clock(person, day + 1, 11), behaviour: 'house' },
    random,
  );
}

function* buysCar(person: Person, world: World, random: Random): Generator<GeneratedPayment> {
  const at = clock(person, random.whole(2, 28), random.between(10, 18));
  yield* pay(
    person,
    { to: random.pick(world.firms), cents: random.skewed(1_100_000, 0.5), at, behaviour: 'car' },
    random,
  );
}

/** Of those who have forgotten some, half draw the money to the account that they use, the others pay somebody at once. */
function* remembersSavings(person: Person, world: World, random: Random): Generator<GeneratedPayment> {
  if (!person.forgotten) {
    return;
  }
  const savings = { ...person, checking: person.savings };
  const at = clock(person, random.whole(2, 28), random.between(9, 21));
  const to = random.chance(0.5) ? person : random.pick(world.firms);
  yield transfer({ from: savings, to, cents: random.skewed(250_000, 0.7), at, behaviour: 'old savings' }, random);
}

/** Friends send their shares within two days; whoever collects them pays for all. */
function* collectsMoney(person: Person, world: World, random: Random): Generator<GeneratedPayment> {
  const [day, cents] = [random.whole(2, 26), random.between(4_000, 25_000)];
  const friends = random.sample(world.people, random.whole(4, 9)).filter(friend => friend.id !== person.id);
  for (const friend of friends) {
    const at = someTime(friend, day + random.next(), random);
    yield* pay(friend, { to: person, cents, at, behaviour: 'collection' }, random);
  }
  const all = cents * (friends.length + 1);
  yield* pay(
    person,
    { to: random.pick(world.firms), cents: all, at: clock(person, day + 2, 9), behaviour: 'collection' },
    random,
  );
}

function* movesHouse(person: Person, world: World, random: Random): Generator<GeneratedPayment> {
  const at = clock(person, random.whole(2, 28), random.between(10, 20));
  yield* pay(person, { to: random.pick(world.landlords), cents: person.rent * 3, at, behaviour: 'new home' }, random);
}
