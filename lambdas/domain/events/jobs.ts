import * as z from 'zod';
import { jobRun } from '../jobs/job-run.ts';
import { event } from './event.ts';

const run = z.strictObject(jobRun.shape);

/** What becomes of the runs of the bank's jobs. */
export const jobEvents = {
  JobCompleted: event('job_run', "All parts of a job's run for a date are done.", run),
  JobFailed: event('job_run', "A part of a job's run failed; the run goes on when it is started again.", run),
};
