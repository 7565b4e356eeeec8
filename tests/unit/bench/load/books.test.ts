import { expect, test } from 'vitest';
import { amountOf, Books, centsOf } from '../../../../bench/load/books.ts';

/** Two accounts of 10.00, of which one has paid the other 2.50. */
function books(): Books {
  const kept = new Books();
  for (const account of ['a', 'b']) {
    kept.opened(account);
    kept.deposited(account, 1_000n);
  }
  kept.moved('a', 'b', 250n);
  return kept;
}

test.each([
  ['0', 0n, '0.00'],
  ['12.5', 1250n, '12.50'],
  ['0.0100', 1n, '0.01'],
  ['-3.07', -307n, '-3.07'],
  ['999999999999999.99', 99_999_999_999_999_999n, '999999999999999.99'],
])('%s is %s cents, exactly', (text, cents, written) => {
  expect([centsOf(text), amountOf(cents)]).toEqual([cents, written]);
});

test.each(['1e2', '', '0.001', '1.', 'NaN'])('%j is no amount of cents', text => {
  expect(() => centsOf(text)).toThrow('whole cents');
});

test('balances as confirmed agree', () => {
  expect(
    books().compare(
      new Map([
        ['a', 750n],
        ['b', 1_250n],
      ]),
    ),
  ).toEqual([]);
});

test('a cent lost is told, in the total and of its account', () => {
  expect(
    books().compare(
      new Map([
        ['a', 749n],
        ['b', 1_250n],
      ]),
    ),
  ).toEqual(['20.00 was paid in and the accounts hold 19.99', 'account a should hold 7.50 and holds 7.49']);
});

test('a transfer that was confirmed and is not there is told, though the total is right', () => {
  expect(
    books().compare(
      new Map([
        ['a', 1_000n],
        ['b', 1_000n],
      ]),
    ),
  ).toHaveLength(2);
});

test('an account that is not there any more is told', () => {
  expect(books().compare(new Map([['b', 1_250n]]))).toContainEqual(expect.stringMatching(/account a .* not there/));
});

test('a transfer of unknown outcome may have happened or not; the total must be right all the same', () => {
  const kept = books();
  kept.leftOpen('a', 'b');
  expect(
    kept.compare(
      new Map([
        ['a', 650n],
        ['b', 1_350n],
      ]),
    ),
  ).toEqual([]);
  expect(
    kept.compare(
      new Map([
        ['a', 650n],
        ['b', 1_250n],
      ]),
    ),
  ).toEqual(['20.00 was paid in and the accounts hold 19.00']);
});
