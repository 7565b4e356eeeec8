import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countsOf } from '../../support/localstack/run-vitest.ts';

function report(...files: [name: string, status: string, tests: string[]][]): string {
  return JSON.stringify({
    testResults: files.map(([name, status, statuses]) => ({
      name: join(process.cwd(), name),
      status,
      assertionResults: statuses.map((each, index) => ({ fullName: `test ${index}`, status: each })),
    })),
  });
}

test('what passed and what failed is counted over all files', () => {
  const counts = countsOf(
    report(['one.test.ts', 'passed', ['passed', 'passed']], ['two.test.ts', 'failed', ['failed']]),
  );
  expect(counts).toEqual({ passed: 2, failed: 1, excluded: [] });
});

test('a file that could not be loaded counts as one failure', () => {
  expect(countsOf(report(['one.test.ts', 'failed', []]))).toMatchObject({ passed: 0, failed: 1 });
});

test('a test that was skipped without a reason on file has failed', () => {
  expect(countsOf(report(['one.test.ts', 'passed', ['passed', 'skipped', 'pending']]))).toMatchObject({
    passed: 1,
    failed: 2,
  });
});
