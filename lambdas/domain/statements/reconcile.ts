import type { StatementLine, StatementSummary } from './statement.ts';

/** A statement whose figures do not agree with one another: the ledger is broken, or what reads it. Nobody is shown it. */
export class UnreconciledStatement extends Error {
  constructor({ account_id, period }: Pick<StatementSummary, 'account_id' | 'period'>, what: string) {
    super(`The statement of ${period} of account ${account_id} does not reconcile: ${what}`);
    this.name = 'UnreconciledStatement';
  }
}

/** A part of a statement's lines: the balance before the first of them, and whether the last of them is the statement's last. */
export interface StatementPart {
  summary: StatementSummary;
  brought_forward: string;
  lines: readonly StatementLine[];
  last: boolean;
}

/**
 * Checks that what a statement opened with and what moved is what it closed with.
 *
 * @throws UnreconciledStatement
 */
export function checkSummary(summary: StatementSummary): void {
  const { opening_balance, total_in, total_out, closing_balance } = summary;
  if (units(opening_balance) + units(total_in) - units(total_out) !== units(closing_balance)) {
    throw new UnreconciledStatement(summary, 'its totals do not lead from the opening to the closing balance');
  }
}

/**
 * Checks a part of a statement: that each line leads from the balance before it to its own, and the last one to the closing balance.
 *
 * @throws UnreconciledStatement
 */
export function checkPart({ summary, brought_forward, lines, last }: StatementPart): void {
  checkSummary(summary);
  let balance = units(brought_forward);
  for (const line of lines) {
    balance += units(line.amount);
    if (balance !== units(line.balance)) {
      throw new UnreconciledStatement(summary, `${line.transaction_ref} does not lead to its balance`);
    }
  }
  if (last && balance !== units(summary.closing_balance)) {
    throw new UnreconciledStatement(summary, 'its lines do not lead to the closing balance');
  }
}

/**
 * Checks a whole statement: its chain of balances, and that the totals are those of its lines.
 *
 * @throws UnreconciledStatement
 */
export function checkWhole(summary: StatementSummary, lines: readonly StatementLine[]): void {
  checkPart({ summary, brought_forward: summary.opening_balance, lines, last: true });
  const amounts = lines.map(line => units(line.amount));
  const total = (wanted: (amount: bigint) => boolean) =>
    amounts.filter(wanted).reduce((sum, amount) => sum + amount, 0n);
  if (
    lines.length !== summary.line_count ||
    total(amount => amount > 0n) !== units(summary.total_in) ||
    -total(amount => amount < 0n) !== units(summary.total_out)
  ) {
    throw new UnreconciledStatement(summary, 'its totals are not those of its lines');
  }
}

/** An amount in ten-thousandths, of which each is a whole number. Only sums that prove something are made here: amounts are made in SQL. */
function units(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(4, '0'));
}
