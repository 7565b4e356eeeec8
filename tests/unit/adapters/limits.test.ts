import { expect, test } from 'vitest';
import { createLimits } from '../../../lambdas/adapters/limits.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';

const limits = { customer_id: customerId, transfers_per_minute: 10, requests_per_hour: 1000, overridden: false };
const nothing: SentQuery = { sql: '', parameters: {} };

test("reading a customer's limits is one call of its SQL function", async () => {
  const { database, sent } = fakeDatabase(() => ({ limits }));
  expect(await createLimits(database).readLimits(customerId, customer)).toEqual(limits);
  const [query = nothing] = sent;
  expect([sent.length, functionOf(query)]).toEqual([1, 'bank.read_limits']);
  expect(castsOf(query)).toEqual({ customer_id: 'uuid', caller: 'jsonb' });
});

test("setting a customer's limits is one call of its SQL function, with an id of its own", async () => {
  const { database, sent } = fakeDatabase(() => ({ limits: { ...limits, overridden: true } }));
  const asked = { customer_id: customerId, transfers_per_minute: 5, requests_per_hour: 50, reason: 'asked for' };
  expect(await createLimits(database).setLimits({ ...asked, caller: customer })).toMatchObject({ overridden: true });
  const [query = nothing] = sent;
  expect([sent.length, functionOf(query)]).toEqual([1, 'bank.set_limits']);
  expect(castsOf(query)).toEqual({
    id: 'uuid',
    customer_id: 'uuid',
    transfers_per_minute: 'integer',
    requests_per_hour: 'integer',
    reason: 'text',
    caller: 'jsonb',
  });
  expect(query.parameters).toMatchObject({ ...asked, id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) });
});

test('an unknown customer is refused', async () => {
  const { database } = fakeDatabase(() => ({ refusal: { code: 'CUSTOMER_NOT_FOUND', field: 'id' } }));
  const error = await bankErrorOf(() => createLimits(database).readLimits(customerId, customer));
  expect(error.code).toBe('CUSTOMER_NOT_FOUND');
});
