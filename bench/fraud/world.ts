import { instant, monthBegins } from './payment.ts';
import { type City, farCities, fixedAddress, homeCities } from './places.ts';
import type { Random } from './random.ts';

/** Somebody with an account: a shop, a firm, or a person. */
export interface Customer {
  id: string;
  city: City;
  /** The line at home, or in the office. */
  address: string;
  checking: string;
}

/** A journey: where, from the arrival to the departure. */
interface Trip {
  arrives: number;
  departs: number;
  city: City;
}

/** A person, with what its ordinary payments follow from. */
export interface Person extends Customer {
  /** Where its phone's carrier comes out. */
  region: City;
  savings: string;
  /** Cents a month. */
  wage: number;
  landlord: Customer;
  /** Cents a month. */
  rent: number;
  shops: Customer[];
  bills: { to: Customer; cents: number; day: number }[];
  friends: Customer[];
  /** Who pays the wage out of an account at this bank; otherwise it comes from elsewhere. */
  employer: Customer | undefined;
  awakeAtNight: boolean;
  /** Where the tunnel ends through which it likes to reach the network, and since when it does; some have just begun to. */
  tunnel: { city: City; since: number } | undefined;
  trips: Trip[];
  /** The money put by, untouched for as long as there are records here. */
  forgotten: boolean;
}

/** Everybody. */
export interface World {
  people: Person[];
  shops: Customer[];
  firms: Customer[];
  landlords: Customer[];
}

/** Makes a world of so many people, with shops, firms and landlords enough for them. */
export function createWorld(people: number, random: Random): World {
  const many = (part: string, least: number, customersEach: number) =>
    Array.from({ length: Math.max(least, Math.round(people / customersEach)) }, (_, index) =>
      createCustomer(random.fork(`${part} ${index}`)),
    );
  const others = { shops: many('shop', 6, 15), firms: many('firm', 8, 25), landlords: many('landlord', 3, 20) };
  const persons = Array.from({ length: people }, (_, index) => createPerson(others, random.fork(`person ${index}`)));
  for (const [index, person] of persons.entries()) {
    person.friends = random.fork(`friends ${index}`).sample(persons, 5);
  }
  return { people: persons, ...others };
}

function createCustomer(random: Random): Customer {
  const city = random.pick(homeCities);
  const [id, checking] = [random.uuid(), random.uuid()];
  return { id, city, address: fixedAddress(city, random.whole(0, 0x6fff)), checking };
}

function createPerson({ shops, firms, landlords }: Omit<World, 'people'>, random: Random): Person {
  const wage = random.skewed(480_000, 0.4);
  return {
    ...createCustomer(random),
    region: random.pick(homeCities.slice(0, 4)),
    savings: random.uuid(),
    wage: Math.round(wage),
    landlord: random.pick(landlords),
    rent: Math.round(wage * random.between(0.2, 0.38)),
    shops: random.sample(shops, 5),
    bills: Array.from({ length: random.whole(2, 5) }, () => ({
      to: random.pick(firms),
      cents: Math.round(random.skewed(9_000, 0.7)),
      day: random.whole(1, 27),
    })),
    friends: [],
    employer: random.chance(0.1) ? random.pick(shops) : undefined,
    awakeAtNight: random.chance(0.05),
    tunnel: random.chance(0.03) ? createTunnel(random) : undefined,
    trips: random.chance(0.08) ? [createTrip(random)] : [],
    forgotten: random.chance(0.15),
  };
}

function createTrip(random: Random): Trip {
  const arrives = instant(random.whole(2, 20), random.between(6, 22));
  return { arrives, departs: arrives + random.whole(2, 9) * 86_400_000, city: random.pick(farCities) };
}

function createTunnel(random: Random): { city: City; since: number } {
  return { city: random.pick(farCities), since: random.chance(0.6) ? opened : instant(random.whole(1, 25), 12) };
}

/** When accounts were opened, in milliseconds: before everything. */
export const opened = monthBegins - 1_500 * 86_400_000;
