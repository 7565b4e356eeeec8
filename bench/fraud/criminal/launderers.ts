import { cash, clock, pay, transfer } from '../ordinary/pay.ts';
import type { GeneratedPayment } from '../payment.ts';
import type { Random } from '../random.ts';
import { anyTime, minutes, type Scene } from './crime.ts';

/**
 * A sum over the reporting threshold, in parts that are each just under it: cash over the counters of several branches, or transfers
 * out of an account that is used for nothing else. The patient take a week over it.
 */
export function* structuring({ person, world }: Scene, random: Random): Generator<GeneratedPayment> {
  const [inCash, patient] = [random.chance(0.6), random.chance(0.2)];
  const account = { ...person, checking: person.savings };
  let at = clock(person, random.whole(2, 18), random.between(9, 12));
  for (let left = random.whole(4, 8); left > 0; left -= 1) {
    const about = { cents: random.between(830_000, 995_000), at, behaviour: 'STRUCTURING' };
    yield inCash
      ? cash('DEPOSIT', account, about, random)
      : transfer({ from: account, to: random.pick(world.firms), ...about }, random);
    at += minutes(patient ? random.between(1_200, 2_000) : random.between(60, 700));
  }
}

/** Victims of a fraud are told to pay into an account; its owner keeps a share and sends on the rest within hours. */
export function* mule({ person, accomplice, world }: Scene, random: Random): Generator<GeneratedPayment> {
  const begins = anyTime(person, random);
  const victims = random.sample(world.people, random.whole(4, 9)).filter(victim => victim.id !== person.id);
  let [collected, last] = [0, begins];
  for (const victim of victims) {
    const at = begins + minutes(random.between(0, 600));
    const about = { to: person, cents: random.skewed(50_000, 0.6), at, behaviour: 'victim' };
    for (const payment of pay(victim, about, random)) {
      collected += payment.cents;
      last = Math.max(last, at);
      yield { ...payment, context: true };
    }
  }
  const parts = random.whole(1, 3);
  for (let part = 1; part <= parts; part += 1) {
    const cents = (collected * random.between(0.86, 0.97)) / parts;
    const at = last + minutes(part * random.between(10, 120));
    yield random.chance(0.3)
      ? cash('WITHDRAWAL', person, { cents, at, behaviour: 'MULE' }, random)
      : transfer({ from: person, to: accomplice, cents, at, behaviour: 'MULE' }, random);
  }
}
