import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { describe, expect, test } from 'vitest';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { tellDatabaseCall } from '../../../lambdas/domain/measured.ts';
import { remainingTime } from '../../../lambdas/runtime/invocation.ts';
import { metrics } from '../../../lambdas/runtime/metrics.ts';
import { schedule } from '../../../lambdas/runtime/schedule.ts';
import { reportUnsent } from '../../../lambdas/runtime/unsent-events.ts';
import { lambdaContext } from '../support/events.ts';
import { captureLogs, logLines } from '../support/logs.ts';

const due = { scheduledTime: '2026-02-03T04:05:00Z', name: 'relay-events' };

describe('a schedule', () => {
  test('does its work, knowing when it was due and by which name, and answers the result', async () => {
    captureLogs();
    const handler = schedule(async event => ({ ...event, left: remainingTime() }));
    expect(await handler(due, lambdaContext())).toEqual({ ...due, left: 30_000 });
  });

  test('logs one line: its name, when it was due, and the result', async () => {
    const logged = captureLogs();
    await schedule(async () => ({ relayed: 3 }))(due, lambdaContext());
    expect(logLines(logged())).toEqual([
      expect.objectContaining({
        message: 'done',
        schedule: 'relay-events',
        scheduled_time: '2026-02-03T04:05:00Z',
        relayed: 3,
        invocation_id: 'invocation-1',
      }),
    ]);
  });

  test('that fails throws, and logs why', async () => {
    const logged = captureLogs();
    const work = async () => {
      throw new Error('the queue is away');
    };
    await expect(schedule(work)(due, lambdaContext())).rejects.toThrow('the queue is away');
    expect(logLines(logged())).toEqual([
      expect.objectContaining({
        message: 'failed',
        schedule: 'relay-events',
        cause: expect.objectContaining({ message: 'the queue is away' }),
      }),
    ]);
  });

  test.each([undefined, {}, { name: 'relay-events' }, { ...due, scheduledTime: '<aws.scheduler.scheduled-time>' }])(
    'does nothing when it is not told what is due: %o',
    async input => {
      captureLogs();
      let worked = false;
      const handler = schedule(async () => {
        worked = true;
        return {};
      });
      await expect(handler(input, lambdaContext())).rejects.toThrow('scheduledTime');
      expect(worked).toBe(false);
    },
  );
});

describe('metrics', () => {
  const emitted = (text: string) => logLines(text).filter(line => '_aws' in line);
  const relayedThree = async () => {
    metrics.addMetric('EventsRelayed', MetricUnit.Count, 3);
    return {};
  };

  test('are written once the work is done, in the bank’s namespace, by stage', async () => {
    const logged = captureLogs();
    await schedule(relayedThree)(due, lambdaContext());
    const [line] = emitted(logged());
    expect(line).toMatchObject({ EventsRelayed: 3, service: 'countinghouse', stage: 'none' });
    expect(line).toHaveProperty('_aws.CloudWatchMetrics.0.Namespace', 'Countinghouse');
    expect(line).toHaveProperty('_aws.CloudWatchMetrics.0.Dimensions', [['service', 'stage']]);
  });

  test('are written when the work fails, too', async () => {
    const logged = captureLogs();
    const work = async () => {
      await relayedThree();
      throw new Error('later');
    };
    await expect(schedule(work)(due, lambdaContext())).rejects.toThrow('later');
    expect(emitted(logged())).toHaveLength(1);
  });

  test('of one run are not those of the next', async () => {
    const logged = captureLogs();
    await schedule(relayedThree)(due, lambdaContext());
    await schedule(async () => ({}))(due, lambdaContext());
    expect(emitted(logged())).toHaveLength(1);
  });

  test('tell of each call of the database that the work made', async () => {
    const logged = captureLogs();
    tellDatabaseCall({ milliseconds: 99, retries: 9, lost: false });
    await schedule(async () => {
      tellDatabaseCall({ milliseconds: 12, retries: 0, lost: false });
      tellDatabaseCall({ milliseconds: 40, retries: 1, lost: true });
      return {};
    })(due, lambdaContext());
    expect(emitted(logged())).toEqual([
      expect.objectContaining({ DatabaseCallDuration: [12, 40], DatabaseRetries: [0, 1], DatabaseUnavailable: [0, 1] }),
    ]);
  });

  test.each([
    ['KMS will not use its key', 'DisabledException', 1],
    ['anything else', 'AccessDenied', 0],
  ])('count a failure because of %s', async (_what, name, times) => {
    const logged = captureLogs();
    const cause = Object.assign(new Error('refused'), { name });
    const work = async () => {
      throw new BankError('UNAVAILABLE', { cause });
    };
    await expect(schedule(work)(due, lambdaContext())).rejects.toThrow();
    expect(emitted(logged()).filter(line => line.KmsFailures === 1)).toHaveLength(times);
  });

  test('of events that were not sent are written at once, in a warning if it was tried', () => {
    const logged = captureLogs();
    reportUnsent(2);
    reportUnsent(3, new Error('the queue is away'));
    const lines = logLines(logged());
    expect(emitted(logged()).map(line => [line.EventSendFailed, line.stage])).toEqual([
      [2, 'none'],
      [3, 'none'],
    ]);
    expect(lines.filter(({ level }) => level === 'WARN')).toMatchObject([
      { message: 'events not sent', events: 3, cause: { message: 'the queue is away' } },
    ]);
  });
});
