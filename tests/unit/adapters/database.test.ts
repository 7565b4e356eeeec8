import { BatchExecuteStatementCommand, ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createDatabase } from '../../../lambdas/adapters/database.ts';
import { createLedger } from '../../../lambdas/adapters/ledger.ts';
import { type DatabaseCall, onDatabaseCall } from '../../../lambdas/domain/measured.ts';
import { customer } from '../support/callers.ts';
import { databaseError, finalErrors, repeatableErrors } from '../support/data-api-errors.ts';
import { bankErrorOf } from '../support/errors.ts';
import { accountId, otherAccountId, transactionWith } from '../support/records.ts';

const client = mockClient(RDSDataClient);
const target = { resourceArn: 'cluster', secretArn: 'secret', database: 'bank' };
const invocationMilliseconds = 28_000;

/** The clock stands still but for the pauses between tries, which take no real time. */
beforeEach(() => {
  vi.useFakeTimers();
  client.reset();
});
afterEach(() => {
  vi.useRealTimers();
});

const rowWith = (value: unknown) => ({ records: [[{ stringValue: JSON.stringify(value) }]] });

/** A database within an invocation that begins now. */
function databaseFor(milliseconds = invocationMilliseconds) {
  const end = Date.now() + milliseconds;
  return createDatabase({ target, client: new RDSDataClient(), remainingTime: () => end - Date.now() });
}

/** Sends a query, and lets all the pauses pass until it is answered. */
async function ask(database = databaseFor()): Promise<unknown> {
  const answer = database.query({ sql: 'select 1', parameters: { id: '1' }, answer: z.unknown() });
  const settled = answer.then(
    value => ({ value }),
    error => ({ error }),
  );
  await vi.runAllTimersAsync();
  const outcome = await settled;
  if ('error' in outcome) {
    throw outcome.error;
  }
  return outcome.value;
}

const inputs = () => client.commandCalls(ExecuteStatementCommand).map(call => call.args[0].input);

describe('a query', () => {
  test('is one call, with the target and named parameters', async () => {
    client.on(ExecuteStatementCommand).resolves(rowWith({ ok: true }));
    expect(await ask()).toEqual({ ok: true });
    expect(client.calls()).toHaveLength(1);
    expect(inputs()).toEqual([
      { ...target, sql: 'select 1', parameters: [{ name: 'id', value: { stringValue: '1' } }] },
    ]);
  });

  test('never opens a transaction, so no lock outlives the statement', async () => {
    client.on(ExecuteStatementCommand).resolves(rowWith({}));
    await ask();
    expect(inputs()[0]).not.toHaveProperty('transactionId');
    expect(client.commandCalls(BatchExecuteStatementCommand)).toHaveLength(0);
  });

  test('answers what its schema makes of the document', async () => {
    client.on(ExecuteStatementCommand).resolves(rowWith({ amount: '1.50', secret: 'x' }));
    const answer = z.object({ amount: z.string() });
    expect(await databaseFor().query({ sql: 'select 1', parameters: {}, answer })).toEqual({ amount: '1.50' });
  });

  test.each([{}, { records: [] }, { records: [[]] }, { records: [[{ isNull: true }]] }])(
    'that yields no document answers null: %o',
    async output => {
      client.on(ExecuteStatementCommand).resolves(output);
      expect(await ask()).toBeNull();
    },
  );

  test('whose document is not as its schema says is a defect, and is not sent again', async () => {
    client.on(ExecuteStatementCommand).resolves(rowWith({ amount: 1.5 }));
    const query = { sql: 'select 1', parameters: {}, answer: z.object({ amount: z.string() }) };
    await expect(databaseFor().query(query)).rejects.toThrow(z.ZodError);
    expect(client.calls()).toHaveLength(1);
  });

  test('with a parameter that is no whole number is not sent', async () => {
    const query = { sql: 'select 1', parameters: { amount: 0.1 }, answer: z.unknown() };
    await expect(databaseFor().query(query)).rejects.toThrow('amount');
    expect(client.calls()).toHaveLength(0);
  });
});

describe('a call that failed', () => {
  test.each(repeatableErrors)('by %s is sent again', async (_what, error) => {
    client
      .on(ExecuteStatementCommand)
      .rejectsOnce(error)
      .resolves(rowWith({ ok: true }));
    expect(await ask()).toEqual({ ok: true });
    expect(client.calls()).toHaveLength(2);
  });

  test.each(finalErrors)('by %s is not sent again, and fails as it came', async (_what, error) => {
    client.on(ExecuteStatementCommand).rejects(error);
    await expect(ask()).rejects.toBe(error);
    expect(client.calls()).toHaveLength(1);
  });

  test('is sent again exactly as it was, so the command keeps its id', async () => {
    client
      .on(ExecuteStatementCommand)
      .rejectsOnce(databaseError('40001'))
      .rejectsOnce(databaseError('40P01'))
      .resolves(rowWith({ transaction: transactionWith() }));
    const posting = createLedger(databaseFor()).postTransfer({
      from_account_id: accountId,
      to_account_id: otherAccountId,
      amount: '12.50',
      description: undefined,
      caller: customer,
      key: undefined,
    });
    await vi.runAllTimersAsync();
    await posting;
    const [first, second, third] = inputs();
    expect(first?.parameters?.find(({ name }) => name === 'id')?.value?.stringValue).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  test('is sent again after a pause that grows and is never the same for all', async () => {
    const times: number[] = [];
    client.on(ExecuteStatementCommand).callsFake(() => {
      times.push(Date.now());
      throw databaseError('40001');
    });
    await bankErrorOf(() => ask());
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
    expect(pauses[0]).toBeLessThanOrEqual(50);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(2_000);
    expect(Math.max(...pauses)).toBeGreaterThan(500);
    expect(new Set(pauses.slice(-5)).size).toBeGreaterThan(1);
  });
});

describe('a database that does not come back', () => {
  /** Every try takes as long as a try may. */
  const slowFailure = () =>
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(Object.assign(new Error('timed out'), { name: 'TimeoutError' })), 9_000);
    });

  test('is UNAVAILABLE, with a time to come back and what caused it', async () => {
    const cause = databaseError('40001');
    client.on(ExecuteStatementCommand).rejects(cause);
    const error = await bankErrorOf(() => ask());
    expect(error.code).toBe('UNAVAILABLE');
    expect(error.details).toMatchObject({ retryAfter: 1, cause });
  });

  test.each([
    ['at once', () => Promise.reject(databaseError('57P03'))],
    ['only after the longest try', slowFailure],
  ])('and fails %s is given up with time left to answer', async (_how, failure) => {
    client.on(ExecuteStatementCommand).callsFake(failure);
    const start = Date.now();
    await bankErrorOf(() => ask());
    const left = invocationMilliseconds - (Date.now() - start);
    expect(left).toBeGreaterThanOrEqual(1_000);
    expect(client.calls().length).toBeGreaterThan(1);
  });

  test('is asked once where the invocation has no time for another try', async () => {
    client.on(ExecuteStatementCommand).rejects(databaseError('40001'));
    const error = await bankErrorOf(() => ask(databaseFor(9_500)));
    expect(error.code).toBe('UNAVAILABLE');
    expect(client.calls()).toHaveLength(1);
  });
});

describe('whoever measures', () => {
  const heard: DatabaseCall[] = [];
  onDatabaseCall(call => heard.push(call));
  beforeEach(() => {
    heard.length = 0;
  });

  test('hears how long a call took and how often it was sent again', async () => {
    client
      .on(ExecuteStatementCommand)
      .rejectsOnce(databaseError('40001'))
      .resolves(rowWith({ ok: true }));
    await ask();
    expect(heard).toEqual([{ milliseconds: expect.any(Number), retries: 1, lost: false }]);
    // The pause before the second try is part of what the caller waited for.
    expect(heard[0]?.milliseconds).toBeGreaterThanOrEqual(25);
  });

  test('hears of a call that did not get through', async () => {
    client.on(ExecuteStatementCommand).rejects(databaseError('40001'));
    await expect(ask(databaseFor(10_000))).rejects.toThrow();
    expect(heard).toEqual([{ milliseconds: expect.any(Number), retries: 0, lost: true }]);
  });

  test('hears of a call that failed, which is not lost', async () => {
    client.on(ExecuteStatementCommand).rejects(databaseError('42501'));
    await expect(ask()).rejects.toThrow();
    expect(heard).toMatchObject([{ retries: 0, lost: false }]);
  });
});
