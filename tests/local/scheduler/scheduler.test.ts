import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DeadLetter } from '../../../local/scheduler/dead-letter.ts';
import type { ScheduleDefinition } from '../../../local/scheduler/schedule-definition.ts';
import { inputByHand, scheduleInput } from '../../../local/scheduler/schedule-input.ts';
import { createScheduler } from '../../../local/scheduler/scheduler.ts';
import { schedule } from './support.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A scheduler whose function answers in turn with these faults, and then with success. */
function run(schedules: ScheduleDefinition[], faults: (string | Error)[] = []) {
  const calls: { functionArn: string; input: string; at: string }[] = [];
  const letters: DeadLetter[] = [];
  const lines: string[] = [];
  const left = [...faults];
  const scheduler = createScheduler({
    schedules,
    async invoke(functionArn, input) {
      calls.push({ functionArn, input, at: new Date().toISOString() });
      const fault = left.shift();
      if (fault instanceof Error) throw fault;
      return fault === undefined ? { payload: null } : { fault };
    },
    onDeadLetter: async letter => void letters.push(letter),
    log: line => lines.push(line),
  });
  onTestFinished(() => scheduler.close());
  scheduler.start();
  return { scheduler, calls, letters, lines, times: () => calls.map(({ at }) => at.slice(11, 19)) };
}

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);

describe('a schedule', () => {
  test('invokes its function each time that it is due, and not before', async () => {
    const { times, calls } = run([schedule()]);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(calls).toEqual([]);
    await minutes(3);
    expect(times()).toEqual(['00:01:00', '00:02:00', '00:03:00']);
    expect(calls[0]?.functionArn).toMatch(/function:relay$/);
  });

  test('that is disabled, over, or not begun, invokes nothing', async () => {
    const { calls } = run([
      schedule({ enabled: false }),
      schedule({ endDate: new Date('2026-01-01T00:00:00Z') }),
      schedule({ startDate: new Date('2027-01-01T00:00:00Z') }),
    ]);
    await minutes(5);
    expect(calls).toEqual([]);
  });

  test('that was due before the start is not made up for', async () => {
    const { times } = run([schedule({ expression: 'cron(0 0 * * ? *)' })]);
    await minutes(24 * 60);
    expect(times()).toEqual(['00:00:00']);
  });

  test('waits for weeks, longer than one timer can', async () => {
    const { calls } = run([schedule({ expression: 'at(2026-03-15T12:00:00)' })]);
    await minutes(60 * 24 * 80);
    expect(calls.map(({ at }) => at)).toEqual(['2026-03-15T12:00:00.000Z']);
  });

  test('that a sleeping machine missed is told of, and left', async () => {
    const { calls, lines } = run([schedule({ expression: 'cron(1 0 * * ? *)' })]);
    vi.setSystemTime(new Date('2026-01-01T03:00:00Z'));
    await minutes(2);
    expect(calls).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('was missed at 2026-01-01T00:01:00.000Z')]);
  });

  test('runs though its last run is not over', async () => {
    const pending = Promise.withResolvers<{ payload: unknown }>();
    let calls = 0;
    const scheduler = createScheduler({
      schedules: [schedule()],
      invoke: () => {
        calls += 1;
        return pending.promise;
      },
    });
    scheduler.start();
    await minutes(3);
    expect(calls).toBe(3);
    pending.resolve({ payload: null });
    await scheduler.close();
  });

  test('stops when it is closed', async () => {
    const { scheduler, calls } = run([schedule()]);
    await scheduler.close();
    await minutes(5);
    expect(calls).toEqual([]);
  });
});

describe('a run that fails', () => {
  test('is tried again, with the attempt counted and all else the same', async () => {
    const input = '<aws.scheduler.attempt-number> <aws.scheduler.execution-id> <aws.scheduler.scheduled-time>';
    const { calls, letters } = run(
      [schedule({ expression: 'at(2026-01-01T00:01:00)' }, { input })],
      ['one', new Error('two')],
    );
    await minutes(5);
    const [first, second, third] = calls.map(call => call.input.split(' '));
    expect([first?.[0], second?.[0], third?.[0]]).toEqual(['1', '2', '3']);
    expect([second?.slice(1), third?.slice(1)]).toEqual([first?.slice(1), first?.slice(1)]);
    expect(first?.[2]).toBe('2026-01-01T00:01:00Z');
    expect(letters).toEqual([]);
  });

  test('is given up after two more tries and goes to the dead-letter queue, with what AWS tells of it', async () => {
    const once = schedule(
      { expression: 'at(2026-01-01T00:01:00)' },
      { input: '{"n":1}', deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
    );
    const { calls, letters, lines } = run([once], ['a', 'b', 'c', 'd']);
    await minutes(5);
    expect(calls).toHaveLength(3);
    expect(letters).toMatchObject([
      {
        queueArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
        body: '{"n":1}',
        attributes: {
          ERROR_MESSAGE: 'c',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '2',
          SCHEDULED_TIME: '2026-01-01T00:01:00Z',
          SCHEDULE_ARN: once.arn,
          TARGET_ARN: once.target.functionArn,
        },
      },
    ]);
    expect(lines[0]).toBe('countinghouse-local-relay-events failed at try 1: a');
  });

  test('is tried no more often than its policy says, nor later', async () => {
    const at = { expression: 'at(2026-01-01T00:01:00)' };
    const deadLetterArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const none = run([schedule(at, { maximumRetryAttempts: 0, deadLetterArn })], ['a']);
    await minutes(2);
    expect([none.calls.length, none.letters[0]?.attributes.RETRY_ATTEMPTS]).toEqual([1, '0']);

    vi.setSystemTime(new Date('2026-01-01T00:00:30Z'));
    const short = run([schedule(at, { maximumEventAgeInSeconds: 0.5, deadLetterArn })], ['a', 'b', 'c']);
    await minutes(2);
    expect(short.letters[0]?.attributes.EXHAUSTED_RETRY_CONDITION).toBe('MaximumEventAgeInSeconds');
    expect(short.calls).toHaveLength(2);
  });

  test('is not tried again once the scheduler is closed', async () => {
    const { scheduler, calls } = run([schedule({ expression: 'at(2026-01-01T00:01:00)' })], ['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(30_000);
    await scheduler.close();
    await minutes(5);
    expect(calls).toHaveLength(1);
  });
});

describe('the input of a run', () => {
  const arn = schedule().arn;
  const scheduledTime = new Date('2026-01-31T09:00:00Z');

  test('has every placeholder filled in, wherever it stands', () => {
    const input = JSON.stringify({
      at: '<aws.scheduler.scheduled-time>',
      text: '<aws.scheduler.schedule-arn>#<aws.scheduler.attempt-number>#<aws.scheduler.execution-id>',
      other: '<aws.scheduler.unknown>',
    });
    const run = { scheduleArn: arn, scheduledTime, attempt: 2, executionId: 'e' };
    expect(JSON.parse(scheduleInput(input, run))).toEqual({
      at: '2026-01-31T09:00:00Z',
      text: `${arn}#2#e`,
      other: '<aws.scheduler.unknown>',
    });
  });

  test('is Scheduler’s own event where a schedule has none', () => {
    const event = JSON.parse(scheduleInput(undefined, { scheduleArn: arn, scheduledTime, attempt: 1 }));
    expect(event).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      time: '2026-01-31T09:00:00Z',
      resources: [arn],
    });
  });

  test('by hand has members of its own', () => {
    const input = '{"scheduledTime":"<aws.scheduler.scheduled-time>","name":"x"}';
    expect(JSON.parse(inputByHand(input, arn, scheduledTime, { date: '2026-02-28', name: 'y' }))).toEqual({
      scheduledTime: '2026-01-31T09:00:00Z',
      name: 'y',
      date: '2026-02-28',
    });
  });
});
