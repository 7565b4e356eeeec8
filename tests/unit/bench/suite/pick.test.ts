import { expect, test } from 'vitest';
import { accountId, ownerOf } from '../../../../bench/suite/ids.ts';
import type { Spread } from '../../../../bench/suite/load/messages.ts';
import { ownerJson, pickTransfer } from '../../../../bench/suite/load/pick.ts';

const transfers = (spread: Spread) => Array.from({ length: 500 }, () => pickTransfer(100, spread));

test.each<Spread>(['any', 'ten', 'one'])('with the spread %s a transfer is between two different accounts', spread => {
  for (const [from, to] of transfers(spread)) {
    expect(from).not.toBe(to);
    expect(Math.min(from, to)).toBeGreaterThanOrEqual(0);
    expect(Math.max(from, to)).toBeLessThan(100);
  }
});

test('any account pays any, ten pay among themselves, and all others pay one', () => {
  const seen = (spread: Spread, side: 0 | 1) => new Set(transfers(spread).map(transfer => transfer[side]));
  expect(seen('any', 0).size).toBeGreaterThan(50);
  expect(Math.max(...seen('ten', 0), ...seen('ten', 1))).toBe(9);
  expect([...seen('one', 1)]).toEqual([50]);
  expect(seen('one', 0).size).toBeGreaterThan(50);
});

test('a payer is the customer who owns the account', () => {
  expect(accountId(1_005)).toBe('0198d5f0-0000-7000-8000-0000000003ed');
  expect(ownerOf(1_005)).toBe(ownerOf(5));
  expect(JSON.parse(ownerJson(1_005))).toMatchObject({ id: ownerOf(5), own_accounts_only: true });
});
