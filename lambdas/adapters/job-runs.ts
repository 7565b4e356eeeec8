import * as z from 'zod';
import { BankError } from '../domain/errors.ts';
import type { JobRuns } from '../domain/jobs/advance.ts';
import { jobRun } from '../domain/jobs/job-run.ts';
import type { Database } from './database.ts';
import { sqlState } from './database-errors.ts';

/** The bank's days. */
export interface Books {
  /**
   * Closes the books of all days through one: by default the last that is over, and of those that are not over at most so many.
   *
   * @returns the last day closed by this.
   * @throws BankError INVALID_REQUEST for a day that may not be closed yet.
   */
  close(through: string | undefined, daysAhead: number): Promise<string>;
}

const closed = z.object({ through: z.iso.date().nullable(), latest: z.iso.date().optional() });
const started = z.object({
  run: jobRun.nullable(),
  open_parts: z.array(z.int()),
  passed: z.array(jobRun),
  taken: z.boolean(),
});
const worked = z.object({ run: jobRun, closed: z.boolean() });
const failed = z.object({ run: jobRun });

/** The books in the database. */
export function createBooks(database: Database): Books {
  return {
    async close(wanted, daysAhead) {
      const { through, latest } = await database.query({
        sql: 'select bank.close_books(:through::date, :days_ahead::integer)',
        parameters: { through: wanted ?? null, days_ahead: daysAhead },
        answer: closed,
      });
      if (through === null) {
        throw new BankError('INVALID_REQUEST', {
          detail: `The day ${wanted} is not over: ${latest} is the latest that may be worked on.`,
          fields: [{ field: 'date', message: `must be ${latest} or earlier` }],
        });
      }
      return through;
    },
  };
}

/** The runs in the database. */
export function createJobRuns(database: Database): JobRuns {
  return {
    start: ({ job, through }) =>
      database.query({
        sql: 'select bank.start_run(:job, :through::date)',
        parameters: { job, through },
        answer: started,
      }),
    runPart: (runId, part) =>
      database.query({
        sql: 'select bank.run_job_part(:run_id::uuid, :part::integer)',
        parameters: { run_id: runId, part },
        answer: worked,
      }),
    async fail(runId, cause) {
      // The error's own words may show what is in the database; its code does not.
      const name = cause instanceof Error ? cause.name : 'UnknownError';
      const state = sqlState(cause);
      const failure = state === undefined ? name : `${name}, SQLSTATE ${state}`;
      const sql = 'select bank.fail_run(:run_id::uuid, :failure)';
      await database.query({ sql, parameters: { run_id: runId, failure }, answer: failed });
    },
  };
}
