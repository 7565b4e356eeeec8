import type { JobRun } from './job-run.ts';
import type { Goal, WorkMessage } from './work-message.ts';

/** A run with the parts of it that are not done; no run when everything up to the goal is. */
export interface StartedRun {
  run: JobRun | null;
  open_parts: number[];
}

/** The runs in the database. Everything may be repeated. */
export interface JobRuns {
  /** Makes or finds the next run on the way to a goal. */
  start(goal: Goal): Promise<StartedRun>;
  /** Does a part, unless it is done. @returns the run as it is then. */
  runPart(runId: string, part: number): Promise<JobRun>;
  /** Notes that a run failed, and a word on why. */
  fail(runId: string, cause: unknown): Promise<void>;
}

export interface Tools {
  runs: JobRuns;
  /** Where work waits for the workers. */
  queue: { send(messages: readonly WorkMessage[]): Promise<void> };
  /** Whether there is time for another part. */
  mayGoOn(): boolean;
  /** Hears of each run when it is completed. */
  completed(run: JobRun): void;
}

/** What was done: the runs completed, and whether the rest is now the workers'. */
export interface Advance {
  completed: JobRun[];
  handed_over: boolean;
}

/** What one invocation does itself: more parts than these are for the workers, at once. */
const mostPartsAlone = 3;

/**
 * Does what there is to do up to a goal, run by run in the bank's order. A run of many parts goes to the workers, and whoever of them does
 * its last part goes on from there; when time is short, the goal itself goes to them. All state is in the database: who dies on the way
 * is replaced by whoever starts again.
 *
 * @throws what a part threw, once it is noted with its run.
 */
export async function advance(goal: Goal, tools: Tools): Promise<Advance> {
  const completed: JobRun[] = [];
  for (;;) {
    if (!tools.mayGoOn()) {
      await tools.queue.send([goal]);
      return { completed, handed_over: true };
    }
    const { run, open_parts } = await tools.runs.start(goal);
    if (run === null) {
      return { completed, handed_over: false };
    }
    if (open_parts.length > mostPartsAlone) {
      await tools.queue.send(open_parts.map(number => ({ ...goal, part: { run_id: run.id, number } })));
      return { completed, handed_over: true };
    }
    completed.push(await runAll(run, open_parts, tools));
  }
}

/** Does one part that was on the queue, and goes on towards its goal if that was the last of its run. */
export async function workOn({ part, ...goal }: WorkMessage, tools: Tools): Promise<Advance> {
  if (part) {
    const run = await runPart(part.run_id, part.number, tools);
    if (run.status !== 'COMPLETED') {
      return { completed: [], handed_over: false };
    }
    tools.completed(run);
    const rest = await advance(goal, tools);
    return { ...rest, completed: [run, ...rest.completed] };
  }
  return advance(goal, tools);
}

async function runAll(started: JobRun, parts: readonly number[], tools: Tools): Promise<JobRun> {
  let run = started;
  for (const part of parts) {
    run = await runPart(run.id, part, tools);
  }
  if (run.status !== 'COMPLETED') {
    throw new Error(`The run of ${run.job} for ${run.run_date} has no open part and is not completed`);
  }
  tools.completed(run);
  return run;
}

async function runPart(runId: string, part: number, { runs }: Tools): Promise<JobRun> {
  try {
    return await runs.runPart(runId, part);
  } catch (error) {
    // What went wrong is what counts, also where noting it goes wrong.
    await runs.fail(runId, error).catch(() => undefined);
    throw error;
  }
}
