import { relative } from 'node:path';
import { beforeEach } from 'vitest';
import { emptyEmulator } from './empty-emulator.ts';
import { exclusions } from './exclusions.ts';

// Vitest runs this before each test file of `npm run test:localstack`: the files share an emulator, and each begins with an empty one.
await emptyEmulator();

beforeEach(({ task, skip }) => {
  const file = relative(process.cwd(), task.file.filepath);
  const groups: string[] = [];
  for (let group = task.suite; group !== undefined; group = group.suite) {
    if (group.name !== '') groups.unshift(group.name);
  }
  const name = [...groups, task.name].join(' ');
  const excluded = exclusions.find(each => each.file === file && each.test === name);
  if (excluded) {
    skip(excluded.reason);
  }
});
