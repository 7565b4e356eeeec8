import { createDatabase } from '../adapters/database.ts';
import { createJobRuns } from '../adapters/job-runs.ts';
import { createWorkQueue } from '../adapters/work-queue.ts';
import { workOn } from '../domain/jobs/advance.ts';
import { type WorkMessage, workMessage } from '../domain/jobs/work-message.ts';
import { databaseTarget, databaseVariables, readEnvironment, workQueueVariable } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { countRun } from '../runtime/job-metrics.ts';
import { type Outcome, queue } from '../runtime/queue.ts';

/** Kept back for a part whose calls are all given up and sent again, and for handing the rest over. */
const reserveMilliseconds = 40_000;

const environment = readEnvironment({ ...databaseVariables, ...workQueueVariable });
const tools = {
  runs: createJobRuns(createDatabase({ target: databaseTarget(environment), remainingTime })),
  queue: createWorkQueue({ queueUrl: environment.WORK_QUEUE_URL }),
  mayGoOn: () => remainingTime() > reserveMilliseconds,
  completed: countRun,
};

/** Works on the parts of runs that were too many for one invocation, and on what comes after them. */
export const handler = queue({
  message: workMessage,
  logKeys: ({ job, through, part }) => ({ job, through, run_id: part?.run_id, part: part?.number.toString() }),
  work: async messages => {
    const outcomes: Outcome[] = [];
    for (const message of messages) {
      outcomes.push(await outcomeOf(message));
    }
    return outcomes;
  },
});

/** One that fails stops no other of its batch. */
async function outcomeOf(message: WorkMessage): Promise<Outcome> {
  try {
    await workOn(message, tools);
    return 'worked';
  } catch (error) {
    return error instanceof Error ? error : new Error('The work failed', { cause: error });
  }
}
