import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { countsIn, scheduleEnvironment } from '../support/schedules.ts';
import { orderId } from '../support/standing-orders.ts';

const database = mockClient(RDSDataClient);
const names = ['StandingOrdersPaid', 'StandingOrdersRetrying', 'StandingOrdersFailed'];

beforeEach(() => {
  database.reset();
  vi.resetModules();
  scheduleEnvironment();
});

/** Each call of the database finds the next of these due, then nothing. @returns how many calls were at work at once at most. */
function databaseHas(...due: ('PAID' | 'RETRYING' | 'FAILED' | Error)[]): () => number {
  const waiting = [...due];
  let [working, most] = [0, 0];
  database.on(ExecuteStatementCommand).callsFake(async () => {
    working += 1;
    most = Math.max(most, working);
    await new Promise(resolve => setImmediate(resolve));
    working -= 1;
    const status = waiting.shift();
    if (status instanceof Error) {
      throw status;
    }
    const failure_code = status === 'PAID' ? null : 'INSUFFICIENT_FUNDS';
    const ran = { order_id: orderId, due_date: '2026-02-28', status, failure_code };
    return { records: [[{ stringValue: JSON.stringify(status === undefined ? { order_id: null } : ran) }]] };
  });
  return () => most;
}

async function run(remaining = 60_000) {
  const { handler } = await import('../../../lambdas/schedules/run-standing-orders.ts');
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => remaining };
  return handler({ scheduledTime: '2026-02-28T06:00:00Z', name: 'run-standing-orders' }, context);
}

test('what is due is paid, four orders at once, until nothing is; each outcome is counted', async () => {
  const log = captureLogs();
  const most = databaseHas('PAID', 'FAILED', 'PAID', 'RETRYING', 'PAID', 'PAID', 'PAID', 'PAID');
  expect(await run()).toEqual({ paid: 6, retrying: 1, failed: 1 });
  expect(most()).toBe(4);
  expect(countsIn(log(), ...names)).toEqual({
    StandingOrdersPaid: 6,
    StandingOrdersRetrying: 1,
    StandingOrdersFailed: 1,
  });
});

test('it is the database that says which day it is at the bank', async () => {
  captureLogs();
  databaseHas();
  await run();
  for (const call of database.commandCalls(ExecuteStatementCommand)) {
    expect(call.args[0].input.parameters).toEqual([{ name: 'run_date', value: { isNull: true } }]);
  }
});

test('no order is begun when too little time is left', async () => {
  captureLogs();
  databaseHas('PAID');
  expect(await run(10_000)).toEqual({ paid: 0, retrying: 0, failed: 0 });
  expect(database.calls()).toHaveLength(0);
});

test('an error ends a lane: the others pay what there is, and then the run fails', async () => {
  const log = captureLogs();
  databaseHas(new Error('permission denied'), 'PAID', 'PAID', 'PAID', 'PAID', 'PAID');
  await expect(run()).rejects.toThrow('permission denied');
  expect(countsIn(log(), ...names)).toMatchObject({ StandingOrdersPaid: 5 });
});
