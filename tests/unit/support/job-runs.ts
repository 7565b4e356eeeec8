import { vi } from 'vitest';
import type { StartedRun, Tools } from '../../../lambdas/domain/jobs/advance.ts';
import type { JobRun } from '../../../lambdas/domain/jobs/job-run.ts';

export const runId = '018f2f3a-0000-7000-8000-00000000d001';

/** A run as the database answers it, with the changes given. */
export function runWith(changes: Partial<JobRun> = {}): JobRun {
  return {
    id: runId,
    job: 'accrue-interest',
    run_date: '2026-02-28',
    status: 'RUNNING',
    parts: 1,
    counts: {},
    failure: null,
    started_at: '2026-03-01T00:30:00.123456+00:00',
    finished_at: null,
    duration_ms: null,
    ...changes,
  };
}

export const completedRun = runWith({
  status: 'COMPLETED',
  counts: { accruals: 12, adjustments: 1 },
  finished_at: '2026-03-01T00:30:01.623456+00:00',
  duration_ms: 1500,
});

/** What the database answers when it is asked for the next run. */
export function startedWith(changes: Partial<StartedRun> = {}): StartedRun {
  return { run: runWith(), open_parts: [0], passed: [], taken: false, ...changes };
}

/** Everything up to the goal is done. */
export const nothingLeft = startedWith({ run: null, open_parts: [] });

/** Tools whose database answers one start after another, and completes a run with any part of it. */
export function fakeTools(...starts: StartedRun[]) {
  const answers = starts.values();
  return {
    runs: {
      start: vi.fn<Tools['runs']['start']>(async () => answers.next().value ?? nothingLeft),
      runPart: vi.fn<Tools['runs']['runPart']>(async () => ({ run: completedRun, closed: true })),
      fail: vi.fn<Tools['runs']['fail']>(async () => undefined),
    },
    queue: { send: vi.fn<Tools['queue']['send']>(async () => undefined) },
    mayGoOn: vi.fn(() => true),
    completed: vi.fn(),
  };
}
