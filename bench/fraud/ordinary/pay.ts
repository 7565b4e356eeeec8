import { type GeneratedPayment, instant, system } from '../payment.ts';
import { fixedAddress, phoneAddress } from '../places.ts';
import type { Random } from '../random.ts';
import type { Customer, Person } from '../world.ts';

/** Nobody pays on the way, nor in the hours of packing and of customs. */
const hoursOnTheWay = 20;
/** The clocks of New York, by which the month is kept. */
const hoursOfBank = -4;

export interface Transfer {
  from: Customer;
  to: Customer;
  cents: number;
  at: number;
  behaviour: string;
}

/** A payment that somebody makes from the line at home or in the office. */
export function transfer({ from, to, cents, at, behaviour }: Transfer, random: Random): GeneratedPayment {
  return {
    id: random.uuid(),
    type: 'TRANSFER',
    from: from.checking,
    to: to.checking,
    cents: Math.max(1, Math.round(cents)),
    at: Math.round(at),
    by: from.id,
    ip: from.address,
    behaviour,
  };
}

/** A payment that a person makes from wherever it is then; none while it is on the way. */
export function* pay(person: Person, about: Omit<Transfer, 'from'>, random: Random): Generator<GeneratedPayment> {
  const ip = whereabouts(person, about.at, random);
  if (ip !== undefined) {
    yield { ...transfer({ from: person, ...about }, random), ip };
  }
}

/** What the bank does by itself, on somebody's order. */
export function standingOrder(about: Transfer, random: Random): GeneratedPayment {
  return { ...transfer(about, random), by: system, ip: null };
}

/** What comes into an account from elsewhere, or leaves it as cash. */
export function cash(
  type: 'DEPOSIT' | 'WITHDRAWAL',
  customer: Customer,
  { cents, at, behaviour }: Pick<Transfer, 'cents' | 'at' | 'behaviour'>,
  random: Random,
): GeneratedPayment {
  const account = type === 'DEPOSIT' ? { from: null, to: customer.checking } : { from: customer.checking, to: null };
  const payment = { id: random.uuid(), type, ...account, cents: Math.round(cents), at: Math.round(at) };
  return { ...payment, by: system, ip: null, behaviour };
}

/** An hour of a customer's own clock on a day of the month. */
export function clock({ city }: Customer, day: number, hour: number): number {
  return instant(day, hour + hoursOfBank - city.hoursOfUtc);
}

/** When a person may pay something on a day: by day and in the evening, some at night, and hardly anybody between. */
export function someTime(person: Person, day: number, random: Random): number {
  if (person.awakeAtNight && random.chance(0.5)) {
    return clock(person, day, random.between(22, 29));
  }
  return clock(person, day, random.chance(0.005) ? random.between(0, 7) : random.between(7, 23));
}

function whereabouts({ trips, tunnel, address, region }: Person, at: number, random: Random): string | undefined {
  const way = hoursOnTheWay * 3_600_000;
  const trip = trips.find(({ arrives, departs }) => at > arrives - way && at < departs + way);
  if (trip) {
    const there = at > trip.arrives && at < trip.departs;
    const hotel = fixedAddress(trip.city, trip.arrives);
    return there ? (random.chance(0.5) ? hotel : phoneAddress(trip.city, random)) : undefined;
  }
  if (tunnel && at > tunnel.since && random.chance(0.3)) {
    // The providers of tunnels have a few lines in each city, and share them out.
    return fixedAddress(tunnel.city, random.whole(0, 5));
  }
  return random.chance(0.7) ? address : phoneAddress(region, random);
}
