import { expect, test } from 'vitest';
import { figuresOf, type Load, measureInTurn } from '../../../../bench/suite/in-turn.ts';
import type { LoadRound } from '../../../../bench/suite/load/messages.ts';

const round = (answers: number, latency = 1): LoadRound => ({
  seconds: 2,
  latencies: Array.from({ length: answers }, () => latency),
  refusals: {},
});

test('what is told are the medians of the rounds', () => {
  expect(figuresOf([round(2, 9), round(20, 1), round(4, 3)])).toEqual({ answers_per_second: 2, p50_ms: 3 });
});

test('loads run in turn, each first every so often, after a round that does not count', async () => {
  const ran: string[] = [];
  const load = (name: string): Load => ({
    clients: 1,
    run: async seconds => {
      ran.push(`${name} ${seconds}`);
      // The first is the warm-up's: its rate would show.
      return round(ran.length <= 2 ? 1_000 : 10);
    },
  });
  const bench = { seconds: 5, repeats: 2, progress: () => undefined };
  const { figures, failures } = await measureInTurn(bench, { one: load('one'), two: load('two') }, async () => {
    ran.push('before');
  });
  expect(ran.filter(what => what !== 'before')).toEqual(['one 1', 'two 1', 'one 5', 'two 5', 'two 5', 'one 5']);
  expect(ran.filter(what => what === 'before')).toHaveLength(6);
  expect(figures.one.answers_per_second).toBe(5);
  expect(failures).toEqual([]);
});

test('what was refused is a failure, with how often and why', async () => {
  const refusing: Load = { clients: 1, run: async () => ({ ...round(10), refusals: { RATE_LIMITED: 3 } }) };
  const bench = { seconds: 1, repeats: 2, progress: () => undefined };
  const { failures } = await measureInTurn(bench, { transfers: refusing }, async () => undefined);
  expect(failures).toEqual(['transfers: 6 were refused with RATE_LIMITED']);
});
