import type { Criminal, Scene } from './criminal/crime.ts';
import { mule, structuring } from './criminal/launderers.ts';
import { accountTakeover, cardTesting, dormantTakeover } from './criminal/takeovers.ts';
import { firm, landlord, shop } from './ordinary/business.ts';
import { household } from './ordinary/household.ts';
import { seldom } from './ordinary/seldom.ts';
import {
  type Crime,
  crimes,
  daysOfMonth,
  firstDays,
  type GeneratedAccount,
  type GeneratedPayment,
  instant,
  monthBegins,
} from './payment.ts';
import { createRandom, type Random } from './random.ts';
import { createWorld, opened, type World } from './world.ts';

/** A month of a bank, and what went before. Payments are in the order of their times. */
export interface GeneratedMonth {
  accounts: GeneratedAccount[];
  /** What happened before the month: ordinary all of it. */
  history: GeneratedPayment[];
  month: GeneratedPayment[];
}

/** One case of each crime for so many people, and two at least: a hundred times as many as in life, or there would be nothing to count. */
const peoplePerCase = 50;

const criminals: Record<Crime, Criminal> = {
  ACCOUNT_TAKEOVER: accountTakeover,
  STRUCTURING: structuring,
  MULE: mule,
  DORMANT_TAKEOVER: dormantTakeover,
  CARD_TESTING: cardTesting,
};

/** Makes a month, always the same of the same seed and number of people. */
export function generateMonth(seed: number, people: number): GeneratedMonth {
  const random = createRandom(`${seed}`);
  const world = createWorld(people, random.fork('world'));
  const payments = [...ordinary(world, random.fork('ordinary')), ...criminal(world, random.fork('criminal'))];
  const ends = instant(daysOfMonth, 0);
  const inOrder = payments
    .filter(({ at }) => at < ends)
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  return {
    accounts: accountsOf(world),
    history: inOrder.filter(({ at }) => at < monthBegins),
    month: inOrder.filter(({ at }) => at >= monthBegins),
  };
}

function* ordinary(world: World, random: Random): Generator<GeneratedPayment> {
  for (const first of firstDays) {
    for (const person of world.people)
      yield* household(person, world, first, random.fork(`home ${person.id} ${first}`));
    for (const owner of world.shops) yield* shop(owner, world, first, random.fork(`shop ${owner.id} ${first}`));
    for (const owner of world.firms) yield* firm(owner, world, first, random.fork(`firm ${owner.id} ${first}`));
    for (const owner of world.landlords) yield* landlord(owner, world, first, random.fork(`let ${owner.id} ${first}`));
  }
  for (const person of world.people) {
    const fate = random.fork(`fate ${person.id}`);
    for (const { share, happens } of seldom) {
      if (fate.chance(share)) yield* happens(person, world, fate);
    }
  }
}

function* criminal(world: World, random: Random): Generator<GeneratedPayment> {
  const cases = Math.max(2, Math.round(world.people.length / peoplePerCase));
  // Nobody is struck twice; where there are savings that nobody looks at, it is those that are used unseen.
  const left = new Set(world.people);
  for (const kind of crimes) {
    for (let number = 1; number <= cases; number += 1) {
      const chance = random.fork(`${kind} ${number}`);
      const scene = createScene(kind, world, left, chance);
      const crime = { kind, case: `${kind} ${number}` };
      for (const payment of criminals[kind](scene, chance)) {
        yield payment.context ? payment : { ...payment, crime };
      }
    }
  }
}

function createScene(kind: Crime, world: World, left: Set<World['people'][number]>, random: Random): Scene {
  const lonely = kind === 'DORMANT_TAKEOVER' || kind === 'STRUCTURING';
  const suitable = [...left].filter(candidate => candidate.forgotten === lonely);
  const person = random.pick(suitable.length > 0 ? suitable : [...left]);
  left.delete(person);
  return { world, person, accomplice: random.pick(world.people.filter(other => other.id !== person.id)) };
}

function accountsOf({ people, shops, firms, landlords }: World): GeneratedAccount[] {
  const checking = [...people, ...shops, ...firms, ...landlords].map(({ id, checking: account }) => ({
    id: account,
    customer: id,
    opened,
  }));
  return [...checking, ...people.map(({ id, savings }) => ({ id: savings, customer: id, opened }))];
}
