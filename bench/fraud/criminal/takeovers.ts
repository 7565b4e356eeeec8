import type { GeneratedPayment } from '../payment.ts';
import type { Random } from '../random.ts';
import { anyTime, hideout, minutes, type Scene, stolen } from './crime.ts';

/** Somebody else signs in, and empties the account in an hour or two. */
export function* accountTakeover({ person, accomplice }: Scene, random: Random): Generator<GeneratedPayment> {
  const ip = hideout(person, random);
  let at = anyTime(person, random);
  for (let left = random.whole(2, 5); left > 0; left -= 1) {
    const cents = random.skewed(120_000, 0.7);
    yield stolen(person, { to: accomplice, cents, at, ip, behaviour: 'ACCOUNT_TAKEOVER' }, random);
    at += minutes(random.between(3, 40));
  }
}

/** Savings that nobody has looked at for long go in one to three payments. */
export function* dormantTakeover({ person, accomplice }: Scene, random: Random): Generator<GeneratedPayment> {
  const ip = hideout(person, random);
  let at = anyTime(person, random);
  for (let left = random.whole(1, 3); left > 0; left -= 1) {
    const about = { account: person.savings, to: accomplice, cents: random.skewed(350_000, 0.7), at, ip };
    yield stolen(person, { ...about, behaviour: 'DORMANT_TAKEOVER' }, random);
    at += minutes(random.between(5, 600));
  }
}

/** Whether stolen credentials work is tried with trifles, a dozen in a quarter of an hour; then comes what it was for. */
export function* cardTesting({ person, accomplice, world }: Scene, random: Random): Generator<GeneratedPayment> {
  const ip = hideout(person, random);
  let at = anyTime(person, random);
  for (let left = random.whole(10, 18); left > 0; left -= 1) {
    const trifle = { to: random.pick(world.shops), cents: random.between(50, 300), at, ip };
    yield stolen(person, { ...trifle, behaviour: 'CARD_TESTING' }, random);
    at += minutes(random.between(0.3, 2));
  }
  yield stolen(
    person,
    { to: accomplice, cents: random.skewed(60_000, 0.5), at, ip, behaviour: 'CARD_TESTING' },
    random,
  );
}
