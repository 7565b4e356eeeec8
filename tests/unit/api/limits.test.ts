import { expect, test, vi } from 'vitest';
import type { SetLimits } from '../../../lambdas/adapters/limits.ts';
import { getCustomerLimits } from '../../../lambdas/api/limits/get-customer-limits.ts';
import { setCustomerLimits } from '../../../lambdas/api/limits/set-customer-limits.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { send } from '../support/fakes.ts';

const common = { customer_id: customerId, transfers_per_minute: 10, requests_per_hour: 1000, overridden: false };
const params = { id: customerId };
const wanted = { transfers_per_minute: 5, requests_per_hour: 50, reason: 'asked for it' };

function capability() {
  return {
    limits: {
      readLimits: vi.fn(async () => common),
      setLimits: vi.fn(async ({ reason: _reason, caller: _caller, ...limits }: SetLimits) => ({
        ...limits,
        overridden: true,
      })),
    },
  };
}

const set = (body: unknown, group = 'admin') =>
  send(setCustomerLimits, capability(), { claims: claimsOf(group), params, body });

test('staff read the limits of a customer', async () => {
  const { json } = await send(getCustomerLimits, capability(), { claims: claimsOf('auditor'), params });
  expect(json).toEqual(common);
});

test('an admin sets them, and is answered how they are now', async () => {
  const { reason: _reason, ...limits } = wanted;
  expect((await set(wanted)).json).toEqual({ customer_id: customerId, ...limits, overridden: true });
});

test.each(['customer', 'teller', 'analyst', 'auditor', 'compliance'])('a %s does not set them', async group => {
  expect((await bankErrorOf(() => set(wanted, group))).code).toBe('FORBIDDEN');
});

test.each([
  [{ transfers_per_minute: -1 }, 'transfers_per_minute'],
  [{ transfers_per_minute: 1.5 }, 'transfers_per_minute'],
  [{ transfers_per_minute: 10_001 }, 'transfers_per_minute'],
  [{ transfers_per_minute: '10' }, 'transfers_per_minute'],
  [{ transfers_per_minute: null }, 'transfers_per_minute'],
  [{ requests_per_hour: 1_000_001 }, 'requests_per_hour'],
  [{ reason: '' }, 'reason'],
  [{ overridden: true }, 'overridden'],
])('limits with %j are refused', async (change, field) => {
  expect(await refusedFields(() => set({ ...wanted, ...change }))).toEqual([field]);
});
