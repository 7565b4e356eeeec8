import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { countsIn, scheduleEnvironment } from '../support/schedules.ts';

const database = mockClient(RDSDataClient);

beforeEach(() => {
  database.reset();
  vi.resetModules();
  scheduleEnvironment();
});

/** The database ends so many holds with each call, then none. */
function databaseEnds(...batches: (number | Error)[]): void {
  const waiting = [...batches];
  database.on(ExecuteStatementCommand).callsFake(() => {
    const expired = waiting.shift() ?? 0;
    if (expired instanceof Error) {
      throw expired;
    }
    return { records: [[{ stringValue: JSON.stringify({ expired }) }]] };
  });
}

async function run(remaining = 60_000) {
  const { handler } = await import('../../../lambdas/schedules/expire-holds.ts');
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => remaining };
  return handler({ scheduledTime: '2026-02-03T04:05:00Z', name: 'expire-holds' }, context);
}

test('holds are ended batch by batch until none is left, and counted', async () => {
  const log = captureLogs();
  databaseEnds(70, 50, 3);
  expect(await run()).toEqual({ expired: 123 });
  expect(database.calls()).toHaveLength(4);
  expect(countsIn(log(), 'HoldsExpired')).toEqual({ HoldsExpired: 123 });
});

test('no batch is begun when too little time is left', async () => {
  captureLogs();
  databaseEnds(50, 50);
  expect(await run(10_000)).toEqual({ expired: 0 });
  expect(database.calls()).toHaveLength(0);
});

test('a database that says no fails the run, after what was ended before was counted', async () => {
  const log = captureLogs();
  databaseEnds(50, new Error('permission denied'));
  await expect(run()).rejects.toThrow('permission denied');
  expect(countsIn(log(), 'HoldsExpired')).toEqual({ HoldsExpired: 50 });
});
