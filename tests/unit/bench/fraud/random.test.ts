import { expect, test } from 'vitest';
import { createRandom } from '../../../../bench/fraud/random.ts';

const many = 10_000;
const draw = <Item>(take: () => Item): Item[] => Array.from({ length: many }, take);

test('the same seed gives the same numbers, another gives others', () => {
  const first = (seed: string) => createRandom(seed).next();
  expect(first('a')).toBe(first('a'));
  expect(first('a')).not.toBe(first('b'));
});

test('a part has numbers of its own, whatever was drawn before', () => {
  const [fresh, used] = [createRandom('a'), createRandom('a')];
  draw(used.next);
  expect(used.fork('part').next()).toBe(fresh.fork('part').next());
  expect(fresh.fork('part').next()).not.toBe(fresh.fork('other').next());
});

test('numbers are spread evenly from 0 to below 1', () => {
  const numbers = draw(createRandom('even').next);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (const from of [0, 0.25, 0.5, 0.75]) {
    const share = numbers.filter(number => number >= from && number < from + 0.25).length / many;
    expect(share).toBeCloseTo(0.25, 1);
  }
});

test('whole numbers include both ends', () => {
  const { whole } = createRandom('whole');
  expect(new Set(draw(() => whole(2, 4)))).toEqual(new Set([2, 3, 4]));
});

test('half of the skewed numbers lie below their median, and some far above', () => {
  const { skewed } = createRandom('skewed');
  const numbers = draw(() => skewed(100, 0.5));
  expect(numbers.filter(number => number < 100).length / many).toBeCloseTo(0.5, 1);
  expect(Math.min(...numbers)).toBeGreaterThan(0);
  expect(Math.max(...numbers)).toBeGreaterThan(300);
});

test('a sample has nothing twice, and no more than there is', () => {
  const { sample } = createRandom('sample');
  expect(sample([1, 2, 3], 5).sort()).toEqual([1, 2, 3]);
  expect(new Set(sample([1, 2, 3, 4], 2)).size).toBe(2);
});

test('there is nothing to pick of nothing', () => {
  expect(() => createRandom('none').pick([])).toThrow('nothing');
});

test('ids are UUIDs of version 4', () => {
  expect(createRandom('id').uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
