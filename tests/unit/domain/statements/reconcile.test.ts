import { describe, expect, test } from 'vitest';
import {
  checkPart,
  checkSummary,
  checkWhole,
  UnreconciledStatement,
} from '../../../../lambdas/domain/statements/reconcile.ts';
import { lineWith, summaryWith } from '../../support/statements.ts';

const lines = [
  lineWith({ amount: '0.1', balance: '0.3' }),
  lineWith({ amount: '0.2', balance: '0.5' }),
  lineWith({ amount: '-1.0001', balance: '-0.5001' }),
];
const summary = summaryWith({
  opening_balance: '0.2',
  total_in: '0.3',
  total_out: '1.0001',
  closing_balance: '-0.5001',
  line_count: 3,
});

test('a statement whose lines lead from its opening to its closing balance is one, to the last decimal place', () => {
  expect(() => checkWhole(summary, lines)).not.toThrow();
  expect(() =>
    checkWhole(summaryWith({ total_out: '0', closing_balance: '1250.00', line_count: 0 }), []),
  ).not.toThrow();
});

test('balances that no float could hold are summed exactly', () => {
  const large = summaryWith({
    opening_balance: '999999999999999.9999',
    total_in: '0.0000',
    total_out: '1999999999999999.9998',
    closing_balance: '-999999999999999.9999',
  });
  expect(() => checkSummary(large)).not.toThrow();
  expect(() => checkSummary({ ...large, closing_balance: '-999999999999999.9998' })).toThrow(UnreconciledStatement);
});

describe('a statement is refused', () => {
  test.each(['opening_balance', 'total_in', 'total_out', 'closing_balance'] as const)(
    'whose %s is off by a ten-thousandth',
    field => {
      const off = { ...summary, [field]: String(Number(summary[field]) + 0.0001) };
      expect(() => checkSummary(off)).toThrow(/totals do not lead/);
    },
  );

  test('of which a line does not lead to its balance, with the line that it is', () => {
    const off = lines.with(1, lineWith({ amount: '0.2', balance: '0.51', transaction_ref: 'TXN42' }));
    expect(() => checkWhole(summary, off)).toThrow(/TXN42 does not lead/);
  });

  test('of which a line is missing: in the middle, at the beginning, at the end', () => {
    for (const at of [0, 1, 2]) {
      expect(() => checkWhole(summary, lines.toSpliced(at, 1))).toThrow(UnreconciledStatement);
    }
  });

  test('whose lines lead where they should, but are other ones', () => {
    const others = [lineWith({ amount: '-0.7001', balance: '-0.5001' })];
    expect(() => checkWhole(summary, others)).toThrow(/not those of its lines/);
    const twoMore = [
      ...lines,
      lineWith({ amount: '1', balance: '0.4999' }),
      lineWith({ amount: '-1', balance: '-0.5001' }),
    ];
    expect(() => checkWhole(summary, twoMore)).toThrow(/not those of its lines/);
  });

  test('with its account and month, and nothing else of it', () => {
    expect(() => checkWhole(summary, [])).toThrow(`The statement of 2026-03 of account ${summary.account_id} does not`);
  });
});

describe('a page', () => {
  test('that is not the last one may end anywhere, and begins with what was brought forward', () => {
    expect(() => checkPart({ summary, brought_forward: '0.3', lines: lines.slice(1, 2), last: false })).not.toThrow();
    expect(() => checkPart({ summary, brought_forward: '0.4', lines: lines.slice(1, 2), last: false })).toThrow(/TXN/);
  });

  test('that is the last one ends with the closing balance', () => {
    const part = { summary, brought_forward: '0.3', lines: lines.slice(1, 2), last: true };
    expect(() => checkPart(part)).toThrow(/do not lead to the closing balance/);
  });
});
