import { describe, expect, test } from 'vitest';
import { generateMonth } from '../../../../bench/fraud/month.ts';
import { crimes, type GeneratedPayment, monthBegins } from '../../../../bench/fraud/payment.ts';

const people = 200;
const { accounts, history, month } = generateMonth(7, people);
const all = [...history, ...month];

describe('a generated month', () => {
  test('is the same for the same seed and number of people, and another for another', () => {
    expect(generateMonth(7, people)).toEqual({ accounts, history, month });
    expect(generateMonth(8, people).month).not.toEqual(month);
    expect(generateMonth(7, people + 1).month).not.toEqual(month);
  });

  test('is in the order of its times, and its history is over before it begins', () => {
    for (const payments of [history, month]) {
      expect(payments.map(({ at }) => at)).toEqual(payments.map(({ at }) => at).sort((one, other) => one - other));
    }
    expect(history.at(-1)?.at).toBeLessThan(monthBegins);
    expect(month[0]?.at).toBeGreaterThanOrEqual(monthBegins);
    expect((month.at(-1)?.at ?? 0) - monthBegins).toBeLessThan(31 * 86_400_000);
  });

  test('moves whole cents between accounts that there are, each payment with an id of its own', () => {
    const known = new Set(accounts.map(({ id }) => id));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const isSound = ({ type, from, to, cents }: GeneratedPayment) =>
      Number.isSafeInteger(cents) &&
      cents > 0 &&
      from !== to &&
      [from, to].every(account => account === null || known.has(account)) &&
      (from === null) === (type === 'DEPOSIT') &&
      (to === null) === (type === 'WITHDRAWAL');
    expect(all.filter(payment => !isSound(payment))).toEqual([]);
  });

  test.each([
    'wage',
    'rent',
    'bill',
    'groceries',
    'online shopping',
    'friends',
    'cash',
    'savings',
    'suppliers',
    'takings',
    'staff',
    'mortgage',
    'repairs',
    'house',
    'car',
    'old savings',
    'collection',
    'new home',
  ])('has %s in it', behaviour => {
    expect(month.some(payment => payment.behaviour === behaviour && !payment.crime)).toBe(true);
  });

  test('has people abroad and awake at night', () => {
    const [abroad, asleep] = [/^2001:db8:[7-9a-b]:/, [2, 3, 4, 5]];
    const honest = month.filter(payment => !payment.crime && payment.ip);
    expect(honest.some(({ ip }) => abroad.test(ip ?? ''))).toBe(true);
    expect(honest.some(({ at }) => asleep.includes((new Date(at).getUTCHours() + 20) % 24))).toBe(true);
  });
});

test('there is a month of any seed, for the fewest people, too', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    expect(generateMonth(seed, 50).month.length).toBeGreaterThan(500);
  }
});

describe('its crimes', () => {
  const criminal = month.filter(payment => payment.crime);

  test.each(crimes)('%s: four cases for two hundred people, each with payments to be found', kind => {
    const ofKind = criminal.filter(payment => payment.crime?.kind === kind);
    expect(new Set(ofKind.map(payment => payment.crime?.case))).toEqual(
      new Set([1, 2, 3, 4].map(number => `${kind} ${number}`)),
    );
  });

  test('are few among what is ordinary, and none are in the history', () => {
    expect(history.some(payment => payment.crime)).toBe(false);
    expect(criminal.length / month.length).toBeLessThan(0.05);
  });

  test('what others need for their context is no crime itself', () => {
    const context = month.filter(payment => payment.context);
    expect(new Set(context.map(({ behaviour }) => behaviour))).toEqual(new Set(['wage', 'victim']));
    expect(context.some(payment => payment.crime)).toBe(false);
  });

  test('structuring stays under the reporting threshold, and near it', () => {
    const cents = criminal.filter(payment => payment.crime?.kind === 'STRUCTURING').map(payment => payment.cents);
    expect(Math.max(...cents)).toBeLessThanOrEqual(1_000_000);
    expect(Math.min(...cents)).toBeGreaterThan(800_000);
  });

  test('a mule passes on less than it was sent', () => {
    for (const [, passed] of Map.groupBy(
      criminal.filter(payment => payment.crime?.kind === 'MULE'),
      payment => payment.crime?.case,
    )) {
      const received = month.filter(({ behaviour, to }) => behaviour === 'victim' && to === passed[0]?.from);
      const sum = (payments: { cents: number }[]) => payments.reduce((total, { cents }) => total + cents, 0);
      expect(sum(passed) / sum(received)).toBeGreaterThan(0.8);
      expect(sum(passed) / sum(received)).toBeLessThan(1);
    }
  });
});
