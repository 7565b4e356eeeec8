import { type Machine, machineText } from '../machine.ts';
import type { Measured } from './bare.ts';
import { leastRatio, mostGrowth, type Outcome } from './outcome.ts';

const jobs: readonly Measured[] = ['accrual', 'capitalisation'];

/** The outcome as a table and a few lines for people. */
export function reportOf(outcome: Outcome): string {
  const rows = outcome.sizes.flatMap(size => jobs.map(job => ({ job, accounts: size.accounts, ...size[job] })));
  const below = rows.filter(({ ratio }) => ratio < leastRatio);
  const grown = rows.filter(({ growth }) => growth > mostGrowth);
  const named = (missed: typeof rows) => missed.map(({ job, accounts }) => `${job} of ${accounts}`).join(', ');
  return [
    `medians; ${outcome.repeats} months, each of ${outcome.days} days that accrue`,
    '',
    line('', 'accounts', 'runs', 'seconds', 'accounts/s', 'bare/s', 'ratio', 'growth'),
    ...rows.map(({ job, accounts, runs, seconds, ...row }) =>
      line(
        job,
        `${accounts}`,
        `${runs}`,
        seconds.toFixed(2),
        row.accounts_per_second.toFixed(0),
        row.bare_accounts_per_second.toFixed(0),
        row.ratio.toFixed(2),
        row.growth.toFixed(2),
      ),
    ),
    '',
    'bare: one INSERT … SELECT of the same rows, without checks. growth: time per account, over that at the smallest size.',
    `at least ${leastRatio} of the bare rate: ${below.length === 0 ? 'yes' : `missed by ${named(below)}`}`,
    `growth at most ${mostGrowth}: ${grown.length === 0 ? 'yes' : `missed by ${named(grown)}`}`,
    ...outcome.sizes.map(
      size =>
        `memory at ${size.accounts} accounts: ${size.rss_before_mib} MiB before, ${size.rss_most_mib} MiB at most (the job's code and the local Data API)`,
    ),
    ...outcome.failures.map(failure => `FAILED: ${failure}`),
  ].join('\n');
}

/** The same as a table in Markdown. */
export function markdownOf(outcome: Outcome, machine: Machine): string {
  const cells = (of: readonly string[]) => `| ${of.join(' | ')} |`;
  const verdict = (met: boolean) => (met ? 'met' : 'missed');
  const rows = outcome.sizes.flatMap(size =>
    jobs.map(job => {
      const { accounts_per_second, bare_accounts_per_second, ratio, growth } = size[job];
      return cells([
        job,
        whole(size.accounts),
        whole(accounts_per_second),
        whole(bare_accounts_per_second),
        ratio.toFixed(2),
        verdict(ratio >= leastRatio),
        growth.toFixed(2),
        verdict(growth <= mostGrowth),
      ]);
    }),
  );
  return [
    `${machineText(machine)}. Medians of ${outcome.repeats} months, each of ${outcome.days} days that accrue.`,
    '',
    cells(['job', 'accounts', 'accounts/s', 'bare/s', 'ratio', `≥ ${leastRatio}`, 'growth', `≤ ${mostGrowth}`]),
    '|---|---:|---:|---:|---:|---|---:|---|',
    ...rows,
    ...outcome.failures.map(failure => `\n**FAILED**: ${failure}`),
  ].join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(16) + cells.map(cell => cell.padStart(11)).join('');
}
