import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
beforeAll(async () => {
  const kms = createServer((_request, response) => response.end('{}'));
  await new Promise<void>(listening => kms.listen(0, '127.0.0.1', listening));
  const address = kms.address();
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`);
  // All that is asked of it while the bank starts is whether it has the keys.
  bank = await startSystem();
  await new Promise(closed => kms.close(closed));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bank?.close();
});

test('without KMS registering answers 503 with the time to come back, and leaves no row', async () => {
  const person = await bank.user('customer');
  const counted = async () => {
    const { rows } = await bank.database.pool.query(
      `select (select count(*) from bank.customers) as customers, (select count(*) from bank.ssn_indexes) as indexes,
              (select count(*) from bank.events) as events, (select count(*) from bank.idempotency_keys) as keys`,
    );
    return rows;
  };
  const before = await counted();
  const { status, headers, body } = await bank.call(
    person,
    'POST',
    '/customers',
    {
      first_name: 'Ada',
      last_name: 'Example',
      email: `${person.id}@customers.example`,
      phone: '+12025550123',
      ssn: '537-42-8916',
      date_of_birth: '1990-02-28',
      address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
    },
    { 'idempotency-key': randomUUID() },
  );
  expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/kms|arn|127\.0\.0\.1/i);
  expect(await counted()).toEqual(before);
  expect(bank.log()).not.toMatch(/537-?42-?8916/);
});

test('without KMS a number is not revealed', async () => {
  const customer = await bank.person('customer');
  const answer = await bank.call(await bank.person('compliance'), 'POST', `/customers/${customer.id}/ssn/reveal`, {
    reason: 'court order 7',
  });
  expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
});

test('without KMS money goes on moving', async () => {
  const [alice, bob] = [await bank.person('customer'), await bank.person('customer')];
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  const { status } = await bank.call(alice, 'POST', '/transfer', {
    from_account_id: from,
    to_account_id: to,
    amount: '4',
  });
  expect([status, await bank.balance(to)]).toEqual([200, '4.00']);
});
