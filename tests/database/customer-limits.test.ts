import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
});
beforeEach(async () => {
  alice = await bank.customer();
});
afterAll(() => bank?.close());

const admin: ActingCaller = { ...teller, id: randomUUID(), roles: ['admin'] };

const set = (transfers_per_minute: number, requests_per_hour: number, customer_id = alice.id, caller = admin) =>
  bank.limits.setLimits({
    customer_id,
    transfers_per_minute,
    requests_per_hour,
    reason: 'payroll company',
    caller,
  });

test('a customer has the default limits until it is given its own, which hold from its next request on', async () => {
  await bank.database.pool.query('delete from bank.rate_limits where customer_id = $1', [alice.id]);
  const common = { customer_id: alice.id, transfers_per_minute: 10, requests_per_hour: 1000, overridden: false };
  expect(await bank.limits.readLimits(alice.id, admin)).toEqual(common);
  const own = { customer_id: alice.id, transfers_per_minute: 1, requests_per_hour: 500, overridden: true };
  expect(await set(1, 500)).toEqual(own);
  expect(await bank.limits.readLimits(alice.id, teller)).toEqual(own);
  const [from_account_id, to_account_id] = [await bank.account(alice, '5'), await bank.account(alice)];
  const transfer = {
    from_account_id,
    to_account_id,
    amount: '1',
    description: undefined,
    caller: alice,
    key: undefined,
  };
  await bank.ledger.postTransfer(transfer);
  await expect(bank.ledger.postTransfer(transfer)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const { rows } = await bank.database.pool.query(
    `select actor, data from bank.events where type = 'LimitsChanged' and aggregate_id = $1`,
    [alice.id],
  );
  expect(rows).toMatchObject([
    {
      actor: { id: admin.id },
      data: {
        old: { transfers_per_minute: 10, requests_per_hour: 1000, overridden: false },
        new: { transfers_per_minute: 1, requests_per_hour: 500, overridden: true },
        reason: 'payroll company',
      },
    },
  ]);
});

test('limits that are changed twice at once end at one of the two, and each event names what it replaced', async () => {
  await Promise.all([set(21, 2001), set(22, 2002)]);
  const { rows } = await bank.database.pool.query(
    `select data from bank.events where type = 'LimitsChanged' and aggregate_id = $1 order by created_at`,
    [alice.id],
  );
  expect(rows[1].data.old.transfers_per_minute).toBe(rows[0].data.new.transfers_per_minute);
  expect(await bank.limits.readLimits(alice.id, admin)).toMatchObject(rows[1].data.new);
});

test('limits of an unknown customer, and by a caller that acts as a customer, are refused', async () => {
  await expect(set(1, 1, randomUUID())).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  await expect(bank.limits.readLimits(randomUUID(), admin)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  await expect(set(10_000, 1, alice.id, alice)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(bank.limits.readLimits(alice.id, alice)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
