import * as z from 'zod';
import { id } from '../fields.ts';
import { jobNames } from './job-run.ts';

/** Up to which run everything is to be done: a job's, for a date. */
export const goal = z.object({ job: z.enum(jobNames), through: z.iso.date() });
export type Goal = z.output<typeof goal>;

/** Work on a queue: to go on towards a goal, by doing one part of a run first where one is named. */
export const workMessage = goal.extend({ part: z.object({ run_id: id, number: z.int().min(0) }).optional() });
export type WorkMessage = z.output<typeof workMessage>;
