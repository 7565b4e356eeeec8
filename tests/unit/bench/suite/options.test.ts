import { expect, test } from 'vitest';
import { readOptions } from '../../../../bench/suite/options.ts';
import { sectionNames } from '../../../../bench/suite/section.ts';
import { sections } from '../../../../bench/suite/sections.ts';
import { usageOf } from '../../../../bench/suite/usage.ts';

test('without arguments everything is measured, five rounds of 3 s each', () => {
  expect(readOptions([])).toEqual({
    only: sectionNames,
    seconds: 3,
    repeats: 5,
    postings: 5_000_000,
    form: 'text',
    chart: undefined,
    write: undefined,
  });
});

test('sections run in their own order, whatever the order they are named in', () => {
  expect(readOptions(['--only', 'lambda,floor'])?.only).toEqual(['floor', 'lambda']);
});

test.each([
  ['--json', 'json'],
  ['--markdown', 'markdown'],
])('%s is the form of what is printed', (argument, form) => {
  expect(readOptions([argument, '--chart', 'chart.svg'])).toMatchObject({ form, chart: 'chart.svg' });
});

test('--help asks for no run, and names every section', () => {
  expect(readOptions(['--help'])).toBeUndefined();
  const usage = usageOf(sections);
  for (const name of sectionNames) expect(usage).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test('there is a section of each name', () => {
  expect(sections.map(({ name }) => name)).toEqual(sectionNames);
});

test.each([
  [['--only', 'floor,cellar'], /cellar/],
  [['--only', ''], /nothing/],
  [['--seconds', '0'], /--seconds is 0/],
  [['--repeats', '1.5'], /--repeats is 1\.5/],
  [['--postings', '10'], /--postings is 10/],
  [['--json', '--markdown'], /one of them/],
  [['--clients', '5'], /--clients/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});
