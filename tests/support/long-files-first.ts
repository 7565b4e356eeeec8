import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, half of the time because they wait for something. */
const long = [
  'tests/system/start.test.ts',
  'tests/local/cloud-automation.test.ts',
  'tests/system/standalone.test.ts',
  'tests/system/roles.test.ts',
  'tests/system/curl-examples.test.ts',
  'tests/database/interest/reference.test.ts',
  'tests/system/operators.test.ts',
  'tests/system/under-load.test.ts',
  'tests/system/smoke.test.ts',
  'tests/system/money.test.ts',
  'tests/local/event-sources/event-source.test.ts',
  'tests/database/audit-verification.test.ts',
  'tests/local/data-api/limits.test.ts',
];

/** Starts the longest files first: one that starts as the last keeps everybody waiting, with a core that has nothing to do. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = long.indexOf(relative(process.cwd(), moduleId));
      return found < 0 ? long.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
