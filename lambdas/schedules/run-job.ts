import { createDatabase } from '../adapters/database.ts';
import { createBooks, createJobRuns } from '../adapters/job-runs.ts';
import { createWorkQueue } from '../adapters/work-queue.ts';
import { advance } from '../domain/jobs/advance.ts';
import { goal } from '../domain/jobs/work-message.ts';
import {
  booksVariable,
  databaseTarget,
  databaseVariables,
  readEnvironment,
  workQueueVariable,
} from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { countRun } from '../runtime/job-metrics.ts';
import { schedule } from '../runtime/schedule.ts';

/** Kept back for a part whose calls are all given up and sent again, and for handing the rest over. */
const reserveMilliseconds = 40_000;

const environment = readEnvironment({ ...databaseVariables, ...workQueueVariable, ...booksVariable });
const database = createDatabase({ target: databaseTarget(environment), remainingTime });
const books = createBooks(database);
const tools = {
  runs: createJobRuns(database),
  queue: createWorkQueue({ queueUrl: environment.WORK_QUEUE_URL }),
  mayGoOn: () => remainingTime() > reserveMilliseconds,
  completed: countRun,
};

/**
 * The job that the schedule is named after, for the last day that is over, or for the day that is given as `date`; before it, in their
 * order, whatever of this and of earlier days has not been done. Doing it again does nothing.
 */
export const handler = schedule(async ({ name, date }) => {
  const job = goal.shape.job.parse(name);
  const through = await books.close(date, environment.BOOKS_DAYS_AHEAD);
  const { completed, handed_over } = await advance({ job, through }, tools);
  const runs = completed.map(({ id, started_at, finished_at, failure, parts, status, ...run }) => run);
  return { job, through, runs, handed_over };
});
