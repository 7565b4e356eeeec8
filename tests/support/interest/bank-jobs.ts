import { createBooks, createJobRuns } from '../../../lambdas/adapters/job-runs.ts';
import { type Advance, advance, type Tools, workOn } from '../../../lambdas/domain/jobs/advance.ts';
import type { JobName, JobRun } from '../../../lambdas/domain/jobs/job-run.ts';
import type { WorkMessage } from '../../../lambdas/domain/jobs/work-message.ts';
import type { TestBank } from '../test-bank.ts';
import type { Day } from './days.ts';

/** The jobs of a test bank, fired as its schedules fire them, with a work queue in memory. */
export interface BankJobs {
  /** Fires a job for a day, or for the last that is over, and works off what it hands over, with so many workers at once. */
  fire(job: JobName, date?: Day, workers?: number): Promise<JobRun[]>;
  /** Fires it and leaves on the queue what it hands over. */
  start(job: JobName, date?: Day): Promise<Advance>;
  /** Messages that wait for a worker. */
  waiting: WorkMessage[];
  /** One worker takes a message and works on it. */
  work(message: WorkMessage): Promise<Advance>;
  runs: Tools['runs'];
  /** Closes the books, however far ahead. */
  closeBooks(through: Day | undefined, daysAhead?: number): Promise<string>;
  /** The day for which what moves now counts. */
  openDay(): Promise<Day>;
  /** Cuts a job's runs into parts of so many accounts. */
  setPartSize(job: JobName, accounts: number): Promise<void>;
}

const farAhead = 100_000;

export function jobsOf(bank: TestBank): BankJobs {
  const schedules = bank.dataApi.database('bank_schedules');
  const runs = createJobRuns(schedules);
  const workerRuns = createJobRuns(bank.dataApi.database('bank_workers'));
  const books = createBooks(schedules);
  const waiting: WorkMessage[] = [];
  const tools = {
    queue: { send: async (messages: readonly WorkMessage[]) => void waiting.push(...messages) },
    mayGoOn: () => true,
    completed: () => undefined,
  };
  const jobs: BankJobs = {
    waiting,
    runs,
    closeBooks: (through, daysAhead = farAhead) => books.close(through, daysAhead),
    async start(job, date) {
      return advance({ job, through: await jobs.closeBooks(date) }, { ...tools, runs });
    },
    work: message => workOn(message, { ...tools, runs: workerRuns }),
    async fire(job, date, workers = 1) {
      const done = [...(await jobs.start(job, date)).completed];
      const worker = async () => {
        for (let message = waiting.shift(); message; message = waiting.shift()) {
          done.push(...(await jobs.work(message)).completed);
        }
      };
      await Promise.all(Array.from({ length: workers }, worker));
      return done;
    },
    async openDay() {
      const { rows } = await bank.database.pool.query('select bank.open_day()::text as day');
      return rows[0].day;
    },
    async setPartSize(job, accounts) {
      await bank.database.pool.query('update bank.jobs set part_size = $2 where job = $1', [job, accounts]);
    },
  };
  return jobs;
}
