import { clock } from '../ordinary/pay.ts';
import type { Crime, GeneratedPayment } from '../payment.ts';
import { farCities, fixedAddress, phoneAddress } from '../places.ts';
import type { Random } from '../random.ts';
import type { Customer, Person, World } from '../world.ts';

/** One case of a crime in the evaluated month: all of its payments. */
export type Criminal = (scene: Scene, random: Random) => Generator<GeneratedPayment>;

/** Where a crime takes place. */
export interface Scene {
  world: World;
  /** Whose account it is: a victim's, or a mule's, or the criminal's own. */
  person: Person;
  /** Who gets the money. */
  accomplice: Customer;
}

/** A payment out of somebody's account by whoever got hold of its password, from another address. */
export function stolen(
  person: Person,
  about: { account?: string; to: Customer; cents: number; at: number; ip: string; behaviour: Crime },
  random: Random,
): GeneratedPayment {
  const { account = person.checking, to, cents, at, ip, behaviour } = about;
  const way = { id: random.uuid(), type: 'TRANSFER', from: account, to: to.checking } as const;
  return { ...way, cents: Math.round(cents), at: Math.round(at), by: person.id, ip, behaviour };
}

/** Where a thief is: mostly far away; some borrow a line near the victim. */
export function hideout(person: Person, random: Random): string {
  return random.chance(0.25)
    ? phoneAddress(person.region, random)
    : fixedAddress(random.pick(farCities), random.whole(2, 0x7000));
}

/** Any time of the month but its first and last days, by the victim's clock: thieves elsewhere don't keep its hours. */
export function anyTime(person: Person, random: Random): number {
  return clock(person, random.whole(2, 27), random.between(6, 26));
}

/** Minutes, in milliseconds. */
export function minutes(count: number): number {
  return count * 60_000;
}
