import { expect, test } from 'vitest';
import type { Place } from '../../../../lambdas/domain/fraud/features.ts';
import { found, hoursBefore } from './payment.ts';

const rule = { least_kilometres: 500, kilometres_an_hour: 900, accuracy_kilometres: 100, score: 60 };
const at = (latitude: number, longitude: number, accuracy_kilometres: number | null = null): Place => ({
  latitude,
  longitude,
  accuracy_kilometres,
});

const [newYork, boston, london, sydney] = [at(40.71, -74.01), at(42.36, -71.06), at(51.51, -0.13), at(-33.87, 151.21)];
/** A degree of a great circle is 111.195 km long. */
const north = (kilometres: number, accuracy: number | null = null) => at(kilometres / 111.195, 0, accuracy);
const equator = at(0, 0);

function travelled(before: Place | null, here: Place | null, hours: number, known: Place[] = []) {
  const previous_payment = { ip: '203.0.113.9', created_at: hoursBefore(hours) };
  return found('IMPOSSIBLE_TRAVEL', rule, { previous_payment, places: { here, before, known } });
}

test.each([
  ['London an hour after New York', newYork, london, 1],
  ['London in the same second as New York', newYork, london, 0],
  ['Sydney a night after London', london, sydney, 10],
  ['across the date line, the short way', at(0, 170), at(0, -170), 1],
])('%s is impossible', (_what, before, here, hours) => {
  expect(travelled(before, here, hours)).toMatchObject({ rule: 'IMPOSSIBLE_TRAVEL', score: 60 });
});

test.each([
  ['the same place', newYork, newYork, 0],
  ['Boston in the same minute as New York: too near to be sure', newYork, boston, 0],
  ['London a flight after New York', newYork, london, 8],
  ['Sydney a day after London', london, sydney, 24],
  ['a few steps across the date line', at(0, 179.9), at(0, -179.9), 0],
])('%s is possible', (_what, before, here, hours) => {
  expect(travelled(before, here, hours)).toBeUndefined();
});

test.each([
  [699, 0.5, undefined],
  [701, 0.5, 501],
])('%i km in %d hours, less 100 km on either side', (kilometres, hours, left) => {
  expect(travelled(equator, north(kilometres), hours)?.kilometres).toBe(left);
});

test.each([
  [1, undefined],
  [0.999, 901],
])('1100 km in %d hours is 900 km an hour, which is still possible, or more', (hours, speed) => {
  expect(travelled(equator, north(1100), hours)?.kilometres_an_hour).toBe(speed);
});

test('where a place knows its own accuracy, that is subtracted', () => {
  expect(travelled(equator, north(800, 5), 0.1)?.kilometres).toBe(695);
  expect(travelled(equator, north(800, 250), 0.1)).toBeUndefined();
});

test('where the person has paid from before, it is no stranger', () => {
  expect(travelled(london, newYork, 1, [sydney, newYork])).toBeUndefined();
  expect(travelled(london, newYork, 1, [boston])).toBeUndefined();
  expect(travelled(newYork, london, 1, [boston, newYork, sydney])).toMatchObject({ score: 60 });
});

test('what was seen is told: the way, the time and the speed', () => {
  expect(travelled(equator, north(2000), 1.5)).toEqual({
    rule: 'IMPOSSIBLE_TRAVEL',
    score: 60,
    kilometres: 1800,
    minutes: 90,
    kilometres_an_hour: 1200,
  });
});

test('payments within a minute are taken to be a minute apart', () => {
  expect(travelled(equator, north(1200), 0)).toMatchObject({ minutes: 1, kilometres_an_hour: 60_000 });
});

test('an address that is nowhere says nothing, and neither does a first payment', () => {
  expect(travelled(null, london, 1)).toBeUndefined();
  expect(travelled(newYork, null, 1)).toBeUndefined();
  expect(found('IMPOSSIBLE_TRAVEL', rule, {})).toBeUndefined();
});

test('places that could not be looked up make the rule fail', () => {
  expect(found('IMPOSSIBLE_TRAVEL', rule, { places: { error: 'no such file' } })).toEqual({
    rule: 'IMPOSSIBLE_TRAVEL',
    score: 0,
    error: 'no places: no such file',
  });
});
