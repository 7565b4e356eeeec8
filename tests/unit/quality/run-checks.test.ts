import { describe, expect, test } from 'vitest';
import type { Check } from '../../support/quality/checks.ts';
import { runChecks } from '../../support/quality/run-checks.ts';

const check = (name: string, faults: Check['faults']): Check => ({ name, about: name, faults });
const silent = () => undefined;

describe('running checks', () => {
  test('each check runs once and is told of as it ends', async () => {
    const told: string[] = [];
    const checks = ['a', 'b', 'c'].map(name => check(name, async () => ''));
    const outcomes = await runChecks('.', checks, 2, ({ name }) => told.push(name));
    expect(told.toSorted()).toEqual(['a', 'b', 'c']);
    expect(outcomes.map(({ name }) => name)).toEqual(told);
  });

  test('no more checks run at once than asked for, and a slow one holds up nobody else', async () => {
    const slow = Promise.withResolvers<string>();
    let running = 0;
    let most = 0;
    const quick = async (): Promise<string> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return '';
    };
    const checks = [check('slow', () => slow.promise), check('a', quick), check('b', quick), check('c', quick)];
    const told: string[] = [];
    const outcomes = runChecks('.', checks, 2, ({ name }) => {
      told.push(name);
      if (told.length === 3) slow.resolve('');
    });
    expect((await outcomes).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'slow']);
    expect(most).toBe(1);
  });

  test('what a check finds is its fault, and the others run all the same', async () => {
    const outcomes = await runChecks(
      '.',
      [check('bad', async () => 'a fault'), check('good', async () => '')],
      1,
      silent,
    );
    expect(outcomes.map(({ name, faults }) => ({ name, faults }))).toEqual([
      { name: 'bad', faults: 'a fault' },
      { name: 'good', faults: '' },
    ]);
  });

  test('a check that cannot run has failed', async () => {
    const broken = check('broken', () => Promise.reject(new Error('no such program')));
    const [outcome] = await runChecks('.', [broken], 1, silent);
    expect(outcome?.faults).toContain('no such program');
  });
});
