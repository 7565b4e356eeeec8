import { describe, expect, test } from 'vitest';
import { createBooks, createJobRuns } from '../../../lambdas/adapters/job-runs.ts';
import { databaseError } from '../support/data-api-errors.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { completedRun, nothingLeft, runId, startedWith } from '../support/job-runs.ts';

describe('the books', () => {
  test('are closed through the last day that is over, or through one that is named', async () => {
    const { database, sent } = fakeDatabase(() => ({ through: '2026-02-28' }));
    expect(await createBooks(database).close(undefined, 0)).toBe('2026-02-28');
    await createBooks(database).close('2026-02-27', 3);
    expect(sent.map(functionOf)).toEqual(['bank.close_books', 'bank.close_books']);
    expect(sent.map(({ parameters }) => parameters)).toEqual([
      { through: null, days_ahead: 0 },
      { through: '2026-02-27', days_ahead: 3 },
    ]);
    expect(sent.map(castsOf)[0]).toEqual({ through: 'date', days_ahead: 'integer' });
  });

  test('are not closed through a day that is not over: the error says which is the latest', async () => {
    const { database } = fakeDatabase(() => ({ through: null, latest: '2026-02-27' }));
    const { code, details } = await bankErrorOf(() => createBooks(database).close('2026-02-28', 0));
    expect([code, details.fields]).toEqual([
      'INVALID_REQUEST',
      [{ field: 'date', message: 'must be 2026-02-27 or earlier' }],
    ]);
  });
});

describe('runs', () => {
  test.each([startedWith(), nothingLeft])('are started with one call, and told of as they are', async answer => {
    const { database, sent } = fakeDatabase(() => answer);
    expect(await createJobRuns(database).start({ job: 'charge-fees', through: '2026-02-28' })).toEqual(answer);
    expect(sent.map(functionOf)).toEqual(['bank.start_run']);
    expect(sent[0]?.parameters).toEqual({ job: 'charge-fees', through: '2026-02-28' });
  });

  test('have their parts done in one call each', async () => {
    const { database, sent } = fakeDatabase(() => ({ run: completedRun, closed: true }));
    expect(await createJobRuns(database).runPart(runId, 7)).toEqual({ run: completedRun, closed: true });
    expect(sent.map(functionOf)).toEqual(['bank.run_job_part']);
    expect(sent[0]?.parameters).toEqual({ run_id: runId, part: 7 });
  });

  test.each([
    [databaseError('22003', 'numeric field overflow: 12345.67'), 'DatabaseErrorException, SQLSTATE 22003'],
    [new TypeError('account 018f2f3a holds 12345.67'), 'TypeError'],
    ['thrown for no reason', 'UnknownError'],
  ])('that fail are noted with the name of the error and its code, and none of its words', async (cause, failure) => {
    const { database, sent } = fakeDatabase(() => ({ run: completedRun }));
    await createJobRuns(database).fail(runId, cause);
    expect(sent.map(({ parameters }) => parameters)).toEqual([{ run_id: runId, failure }]);
  });
});
