import { failuresOf, type Outcome } from './outcome.ts';

/** The outcome as a table and a few lines for people. */
export function reportOf(outcome: Outcome): string {
  const { transfer, select_one, ratios, before, after } = outcome;
  const row = (name: string, ours: string, reference: string, ratio = '') =>
    `${name.padEnd(14)}${ours.padStart(16)}${reference.padStart(16)}${ratio.padStart(10)}`;
  const count = (name: string, key: 'answers_2xx' | 'answers_4xx' | 'answers_5xx' | 'answers_other' | 'errors') =>
    row(name, String(transfer[key]), String(select_one[key]));
  const milliseconds = (name: string, key: 'p50_ms' | 'p99_ms' | 'max_ms', ratio?: number) =>
    row(name, transfer[key].toFixed(1), select_one[key].toFixed(1), ratio?.toFixed(2));
  const failures = failuresOf(outcome);
  return [
    `${outcome.clients} clients, ${outcome.accounts} accounts, ${outcome.rounds} rounds in turn, ${outcome.seconds_each} s for each route`,
    '',
    row('', 'POST /transfer', 'select 1', 'ratio'),
    row(
      'requests/s',
      transfer.requests_per_second.toFixed(1),
      select_one.requests_per_second.toFixed(1),
      ratios.requests_per_second.toFixed(2),
    ),
    milliseconds('p50 ms', 'p50_ms', ratios.p50),
    milliseconds('p99 ms', 'p99_ms', ratios.p99),
    milliseconds('max ms', 'max_ms'),
    count('2xx', 'answers_2xx'),
    count('4xx', 'answers_4xx'),
    count('5xx', 'answers_5xx'),
    count('other', 'answers_other'),
    count('no answer', 'errors'),
    '',
    `balances before   ${before.total_balance}`,
    `balances after    ${after.total_balance}`,
    `trial balance     ${after.trial_balance}`,
    `differences       ${after.account_differences} accounts`,
    `transfers         ${after.transfers - before.transfers} in the books, warm-up included`,
    `deadlocks         ${outcome.deadlocks}`,
    '',
    ...(failures.length === 0 ? ['Every cent is there.'] : failures.map(failure => `FAILED: ${failure}`)),
  ].join('\n');
}
