import type { Pool } from 'pg';
import type { JobName } from '../../lambdas/domain/jobs/job-run.ts';
import { type MigratedBank, openBank } from '../migrated-bank.ts';
import { insertBare, type Measured, prepareBare } from './bare.ts';
import { fillBank } from './fill.ts';
import { lastDays } from './months.ts';
import type { InterestOptions } from './options.ts';
import type { Sample, SizeMeasured } from './outcome.ts';
import { createRuns } from './runs.ts';

const jobs: Record<Measured, { job: JobName; rows: string }> = {
  accrual: {
    job: 'accrue-interest',
    rows: 'select count(*)::integer as rows from bank.interest_accruals where run_date = $1',
  },
  capitalisation: {
    job: 'capitalise-interest',
    rows: 'select count(transaction_id)::integer as rows from bank.interest_capitalisations where run_date = $1',
  },
};
const millisecondsBetweenLines = 5_000;

interface Size extends Pick<InterestOptions, 'repeats' | 'days'> {
  accounts: number;
  progress(line: string): void;
}

/** Measures a bank of one size, in a database that is dropped afterwards. */
export async function measureSize(serverUrl: string, size: Size): Promise<SizeMeasured> {
  const bank = await openBank(serverUrl, `bank_${size.accounts}`);
  try {
    size.progress(`${size.accounts} accounts: filling the bank`);
    await fillBank(bank.pool, size.accounts);
    await prepareBare(bank.pool);
    await bank.pool.query('vacuum analyze');
    return await measureMonths(bank, size);
  } finally {
    await bank.close();
  }
}

async function measureMonths(bank: MigratedBank, size: Size): Promise<SizeMeasured> {
  const { accounts, repeats, days, progress } = size;
  const runs = createRuns(bank);
  const samples: Record<Measured, Sample[]> = { accrual: [], capitalisation: [] };
  const rssBefore = process.memoryUsage().rss;
  let rssMost = rssBefore;

  const measure = async (measured: Measured, day: string) => {
    const label = `${accounts} accounts: ${measured} of ${day}`;
    let told = performance.now();
    const seconds = await runs.run(jobs[measured].job, day, (part, parts) => {
      rssMost = Math.max(rssMost, process.memoryUsage().rss);
      if (performance.now() - told > millisecondsBetweenLines) {
        told = performance.now();
        progress(`${label}, part ${part} of ${parts}`);
      }
    });
    const sample = { day, rows: await rowsOf(bank.pool, measured, day), seconds };
    const bareSeconds = await insertBare(bank.pool, measured, day);
    samples[measured].push({ ...sample, bare_seconds: bareSeconds });
    progress(`${label} took ${seconds.toFixed(2)} s, the bare statement ${bareSeconds.toFixed(2)} s`);
  };

  const today = new Date().toISOString();
  for (let month = 1; month <= repeats; month += 1) {
    const monthEnd = lastDays(today.slice(0, 10), month, days);
    await runs.beginWith(monthEnd[0] ?? '');
    for (const day of monthEnd) await measure('accrual', day);
    // As the server does it by itself in a month that is longer than some seconds.
    await bank.pool.query('vacuum analyze');
    await measure('capitalisation', monthEnd.at(-1) ?? '');
    await bank.pool.query('vacuum analyze');
  }
  return { accounts, samples, rss_before: rssBefore, rss_most: rssMost };
}

async function rowsOf(pool: Pool, measured: Measured, day: string): Promise<number> {
  const { rows } = await pool.query<{ rows: number }>(jobs[measured].rows, [day]);
  return rows[0]?.rows ?? 0;
}
