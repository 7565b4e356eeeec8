import { expect, test } from 'vitest';
import { randomBatches, randomPayments } from '../../../bench/payments.ts';

const payer = { token: 'token', accounts: ['a', 'b'] };
const everyAccount = ['a', 'b', 'c'];

function bodies(count: number): Record<string, string>[] {
  return randomPayments(payer, everyAccount, '/transfer', count).map(request => JSON.parse(request.body));
}

test('a customer pays from its own accounts, to any of the others', () => {
  const payments = bodies(300);
  expect(new Set(payments.map(payment => payment.from_account_id))).toEqual(new Set(payer.accounts));
  expect(new Set(payments.map(payment => payment.to_account_id))).toEqual(new Set(everyAccount));
  expect(payments.filter(payment => payment.from_account_id === payment.to_account_id)).toEqual([]);
});

test('amounts are whole cents as text, never zero', () => {
  for (const { amount } of bodies(300)) {
    expect(amount).toMatch(/^\d\.\d\d$/);
    expect(amount).not.toBe('0.00');
  }
});

test('each request carries the token and says that it is JSON', () => {
  expect(randomPayments(payer, everyAccount, '/transfer', 1)).toMatchObject([
    {
      method: 'POST',
      path: '/transfer',
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    },
  ]);
});

test('a batch has as many payments as it is to have, all or none of them', () => {
  const requests = randomBatches(payer, everyAccount, '/transfers/batch', { count: 3, size: 5 });
  expect(requests).toHaveLength(3);
  for (const { body } of requests) {
    expect(JSON.parse(body)).toMatchObject({ mode: 'ATOMIC', transfers: { length: 5 } });
  }
});
