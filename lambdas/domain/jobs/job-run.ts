import * as z from 'zod';
import { id, timestamp } from '../fields.ts';

/** What the bank does by the day. Their order, and into how many parts they fall, are rows of `bank.jobs`. */
export const jobNames = ['accrue-interest', 'capitalise-interest', 'charge-fees'] as const;
export type JobName = (typeof jobNames)[number];

/** A job's run for a date. It is RUNNING until its parts are all done, and FAILED from a part that failed until it is started again. */
export const jobRun = z.object({
  id,
  job: z.enum(jobNames),
  run_date: z.iso.date(),
  status: z.enum(['RUNNING', 'COMPLETED', 'FAILED']),
  parts: z.int(),
  counts: z.record(z.string(), z.int()),
  failure: z.string().nullable(),
  started_at: timestamp,
  finished_at: timestamp.nullable(),
  duration_ms: z.int().nullable(),
});

export type JobRun = z.output<typeof jobRun>;
