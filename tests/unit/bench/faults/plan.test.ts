import { expect, test } from 'vitest';
import { planFaults } from '../../../../bench/faults/plan.ts';
import { createRandom } from '../../../../bench/fraud/random.ts';

const faults = ['one', 'two', 'three', 'four', 'five'];

function planned(seed: string, count: number) {
  const plan = planFaults(faults, createRandom(seed));
  return Array.from({ length: count }, () => plan.next().value);
}

test('every fault comes once before any comes again', () => {
  const order = planned('7', 15).map(({ fault }) => fault);
  for (const first of [0, 5, 10]) {
    expect(order.slice(first, first + 5).toSorted()).toEqual(faults.toSorted());
  }
});

test('the same seed makes the same plan, another makes another', () => {
  expect(planned('7', 20)).toEqual(planned('7', 20));
  expect(planned('7', 20)).not.toEqual(planned('8', 20));
});
