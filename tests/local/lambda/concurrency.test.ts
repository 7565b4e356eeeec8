import { expect, test } from 'vitest';
import { concurrencyOn } from '../../../local/lambda/concurrency.ts';

test.each([
  { cores: 1, invocations: 2 },
  { cores: 2, invocations: 4 },
  { cores: 4, invocations: 8 },
  { cores: 64, invocations: 8 },
])('a function runs $invocations times at once on $cores cores', ({ cores, invocations }) => {
  expect(concurrencyOn(cores)).toBe(invocations);
});
