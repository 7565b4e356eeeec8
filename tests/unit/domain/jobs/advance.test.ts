import { describe, expect, test } from 'vitest';
import { advance, workOn } from '../../../../lambdas/domain/jobs/advance.ts';
import { completedRun, fakeTools, nothingLeft, runId, runWith, startedWith } from '../../support/job-runs.ts';

const goal = { job: 'accrue-interest', through: '2026-02-28' } as const;
const partOf = (number: number) => ({ ...goal, part: { run_id: runId, number } });

describe('on the way to a goal', () => {
  test('the parts of runs are done one after another, run by run, until none is left', async () => {
    const tools = fakeTools(startedWith({ open_parts: [0, 1] }), startedWith({ open_parts: [5] }));
    expect(await advance(goal, tools)).toEqual({ completed: [completedRun, completedRun], handed_over: false });
    expect(tools.runs.runPart.mock.calls).toEqual([
      [runId, 0],
      [runId, 1],
      [runId, 5],
    ]);
    expect(tools.completed).toHaveBeenCalledTimes(2);
    expect(tools.queue.send).not.toHaveBeenCalled();
  });

  test('runs in which there was nothing to do are told of, too', async () => {
    const passed = [runWith({ job: 'charge-fees', status: 'COMPLETED' })];
    const tools = fakeTools({ ...nothingLeft, passed });
    expect((await advance(goal, tools)).completed).toEqual(passed);
    expect(tools.completed.mock.calls).toEqual([[passed[0]]]);
  });

  test('the parts of a run that has many are handed to the workers, each once', async () => {
    const tools = fakeTools(startedWith({ open_parts: [0, 2, 3, 7] }));
    expect(await advance(goal, tools)).toEqual({ completed: [], handed_over: true });
    expect(tools.queue.send.mock.calls).toEqual([[[partOf(0), partOf(2), partOf(3), partOf(7)]]]);
    expect(tools.runs.runPart).not.toHaveBeenCalled();
  });

  test('a run whose parts somebody else has just handed out is waited for', async () => {
    const tools = fakeTools(startedWith({ open_parts: [0, 1, 2, 3], taken: true }));
    expect(await advance(goal, tools)).toEqual({ completed: [], handed_over: true });
    expect(tools.queue.send.mock.calls).toEqual([[[goal], 60]]);
  });

  test('what there is no time for is handed to the workers', async () => {
    const tools = fakeTools(startedWith(), startedWith());
    tools.mayGoOn.mockReturnValueOnce(true).mockReturnValue(false);
    expect(await advance(goal, tools)).toEqual({ completed: [completedRun], handed_over: true });
    expect(tools.queue.send.mock.calls).toEqual([[[goal]]]);
  });

  test('a part that fails is noted with its run, and what it threw is thrown', async () => {
    const tools = fakeTools(startedWith());
    const error = new Error('the database is away');
    tools.runs.runPart.mockRejectedValue(error);
    await expect(advance(goal, tools)).rejects.toBe(error);
    expect(tools.runs.fail.mock.calls).toEqual([[runId, error]]);
  });

  test('what a part threw is thrown also when it cannot be noted', async () => {
    const tools = fakeTools(startedWith());
    tools.runs.runPart.mockRejectedValue(new Error('the part'));
    tools.runs.fail.mockRejectedValue(new Error('the note'));
    await expect(advance(goal, tools)).rejects.toThrow('the part');
  });

  test('parts that the queue does not take leave the run failed, so that the next try hands them out again', async () => {
    const tools = fakeTools(startedWith({ open_parts: [0, 1, 2, 3] }));
    tools.queue.send.mockRejectedValue(new Error('the queue is away'));
    await expect(advance(goal, tools)).rejects.toThrow('the queue is away');
    expect(tools.runs.fail).toHaveBeenCalledOnce();
  });

  test('a run without open parts that is not completed is a defect', async () => {
    await expect(advance(goal, fakeTools(startedWith({ open_parts: [] })))).rejects.toThrow(
      'accrue-interest for 2026-02-28 has no open part and is not completed',
    );
  });
});

describe('a worker', () => {
  test('does its part, and leaves the rest of the run to others', async () => {
    const tools = fakeTools();
    tools.runs.runPart.mockResolvedValue({ run: runWith(), closed: false });
    expect(await workOn(partOf(4), tools)).toEqual({ completed: [], handed_over: false });
    expect(tools.runs.runPart.mock.calls).toEqual([[runId, 4]]);
    expect(tools.runs.start).not.toHaveBeenCalled();
  });

  test('goes on when its part was the last', async () => {
    const tools = fakeTools(startedWith({ open_parts: [0] }));
    expect((await workOn(partOf(4), tools)).completed).toEqual([completedRun, completedRun]);
    expect(tools.completed).toHaveBeenCalledTimes(2);
  });

  test('does not go on when another part completed the run', async () => {
    const tools = fakeTools();
    tools.runs.runPart.mockResolvedValue({ run: completedRun, closed: false });
    await workOn(partOf(4), tools);
    expect(tools.runs.start).not.toHaveBeenCalled();
  });

  test('goes on towards a goal that names no part', async () => {
    const tools = fakeTools(startedWith());
    expect((await workOn(goal, tools)).completed).toEqual([completedRun]);
  });
});
