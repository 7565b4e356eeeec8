import { createBooks, createJobRuns } from '../../lambdas/adapters/job-runs.ts';
import { advance, workOn } from '../../lambdas/domain/jobs/advance.ts';
import type { JobName } from '../../lambdas/domain/jobs/job-run.ts';
import type { WorkMessage } from '../../lambdas/domain/jobs/work-message.ts';
import type { MigratedBank } from '../migrated-bank.ts';
import { dayBefore } from './months.ts';

/** The days of the runs are still to come, so that no account has moved since they were over: as on a night on which the jobs run in time. */
const farAhead = 10_000;

const skip = `
  insert into bank.job_runs (id, job, run_date, status, parts, finished_at)
  values (bank.uuid_v7(), 'charge-fees', $1, 'COMPLETED', 0, clock_timestamp())`;

/** The jobs of a bank, fired as its schedules fire them, with the work queue in memory and one worker. */
export interface Runs {
  /** Has everything before a day done, by a note that it is. */
  beginWith(day: string): Promise<void>;
  /** Does a job for a day. @returns the seconds that it took. */
  run(job: JobName, day: string, working: (part: number, parts: number) => void): Promise<number>;
}

export function createRuns(bank: MigratedBank): Runs {
  const schedules = bank.database('bank_schedules');
  const books = createBooks(schedules);
  const scheduled = createJobRuns(schedules);
  const workers = createJobRuns(bank.database('bank_workers'));
  return {
    async beginWith(day) {
      await bank.pool.query(skip, [dayBefore(day)]);
    },
    async run(job, day, working) {
      const waiting: WorkMessage[] = [];
      const tools = {
        queue: { send: async (messages: readonly WorkMessage[]) => void waiting.push(...messages) },
        mayGoOn: () => true,
        completed: () => undefined,
      };
      await bank.pool.query('checkpoint');
      const began = performance.now();
      const through = await books.close(day, farAhead);
      await advance({ job, through }, { ...tools, runs: scheduled });
      const parts = waiting.length;
      for (let message = waiting.shift(); message; message = waiting.shift()) {
        await workOn(message, { ...tools, runs: workers });
        working(parts - waiting.length, parts);
      }
      return (performance.now() - began) / 1000;
    },
  };
}
