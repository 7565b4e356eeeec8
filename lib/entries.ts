import { capabilities } from '../lambdas/runtime/route.ts';
import { schedules } from './schedules.ts';

/** The files that the bank's functions start in, from the root of the project. Those that stand here are bundled together. */
export const entries: readonly string[] = [
  ...capabilities.map(capability => `lambdas/api/${capability}/index.ts`),
  ...new Set(schedules.map(schedule => schedule.entry)),
  'lambdas/workers/process-events.ts',
  'lambdas/workers/run-job-part.ts',
  'lambdas/triggers/post-confirmation.ts',
  'lambdas/deploy/migrate.ts',
  'lambdas/deploy/reindex-ssns.ts',
  'lambdas/deploy/rotate-login.ts',
];
