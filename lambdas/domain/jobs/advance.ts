import type { JobRun } from './job-run.ts';
import type { Goal, WorkMessage } from './work-message.ts';

/** A run with the parts of it that are not done; no run when everything up to the goal is. */
export interface StartedRun {
  run: JobRun | null;
  open_parts: number[];
  /** The runs before it in which there was nothing to do: they are completed. */
  passed: JobRun[];
  /** Somebody has taken the parts lately, to hand them out. */
  taken: boolean;
}

/** The runs in the database. Everything may be repeated. */
export interface JobRuns {
  /** Makes or finds the next run on the way to a goal. */
  start(goal: Goal): Promise<StartedRun>;
  /** Does a part, unless it is done. @returns the run as it is then, and whether this part is the one that completed it. */
  runPart(runId: string, part: number): Promise<{ run: JobRun; closed: boolean }>;
  /** Notes that a run failed, and a word on why. */
  fail(runId: string, cause: unknown): Promise<void>;
}

export interface Tools {
  runs: JobRuns;
  /** Where work waits for the workers. */
  queue: { send(messages: readonly WorkMessage[], delaySeconds?: number): Promise<void> };
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
/** When a goal looks again whether a run that is others' work is completed. */
const pauseSeconds = 60;

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
    const { run, open_parts, passed, taken } = await tools.runs.start(goal);
    note(passed, tools, completed);
    if (run === null) {
      return { completed, handed_over: false };
    }
    if (open_parts.length > mostPartsAlone) {
      const parts = open_parts.map(number => ({ ...goal, part: { run_id: run.id, number } }));
      // Where somebody else has handed out the parts, the goal waits: two who did would do all twice.
      await noting(run.id, tools, () => (taken ? tools.queue.send([goal], pauseSeconds) : tools.queue.send(parts)));
      return { completed, handed_over: true };
    }
    note([await runAll(run, open_parts, tools)], tools, completed);
  }
}

/**
 * Does one part that was on the queue, and goes on towards its goal if that part completed its run: it alone does, so that copies of
 * messages don't bring forth ever more of them.
 */
export async function workOn({ part, ...goal }: WorkMessage, tools: Tools): Promise<Advance> {
  if (part) {
    const { run, closed } = await runPart(part.run_id, part.number, tools);
    if (!closed) {
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
    run = (await runPart(run.id, part, tools)).run;
  }
  if (run.status !== 'COMPLETED') {
    throw new Error(`The run of ${run.job} for ${run.run_date} has no open part and is not completed`);
  }
  return run;
}

function note(runs: readonly JobRun[], tools: Tools, completed: JobRun[]): void {
  for (const run of runs) {
    tools.completed(run);
    completed.push(run);
  }
}

function runPart(runId: string, part: number, tools: Tools): ReturnType<JobRuns['runPart']> {
  return noting(runId, tools, () => tools.runs.runPart(runId, part));
}

/** Does something for a run; if that fails, it is noted with the run. */
async function noting<Result>(runId: string, { runs }: Tools, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // What went wrong is what counts, also where noting it goes wrong.
    await runs.fail(runId, error).catch(() => undefined);
    throw error;
  }
}
