import { describe, expect, test } from 'vitest';
import { foreignMentions } from '../../support/quality/foreign-mentions.ts';

// Put together here, for this file is checked like any other.
const absolute = (...parts: string[]): string => ['', ...parts].join('/');

describe('what a file may not mention', () => {
  test.each([
    absolute('work', 'main', 'README.md'),
    absolute('root', '.npmrc'),
    absolute('home', 'ann', 'bank'),
    absolute('Users', 'ann', 'bank'),
    `cd ${absolute('work', 'main')}`,
    `file://${absolute('root', 'x')}`,
    ['C:', 'Users', 'ann'].join('\\'),
    `https://${['registry', 'npmjs', 'org'].join('.')}/zod`,
    `//${['npm', 'pkg', 'github', 'com'].join('.')}/:_authToken`,
  ])('%s is found', text => {
    expect(foreignMentions('a.ts', text)).toHaveLength(1);
  });

  test.each([
    'docs/work/plan.md',
    '../work/plan.ts',
    '{url}/work/items',
    'a package registry',
    'the home/page of the bank',
    "import x from '../../root/x.ts'",
  ])('%s is not', text => {
    expect(foreignMentions('a.ts', text)).toEqual([]);
  });

  test('a find names the file and the line', () => {
    const path = absolute('root', 'bank');
    expect(foreignMentions('docs/a.md', `fine\nsee ${path}`)).toEqual([
      `docs/a.md:2: a path of somebody's machine: see ${path}`,
    ]);
  });
});
