import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../client/index.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let client: Client;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
  client = bank.client(alice);
});
afterAll(() => bank?.close());

test('a transfer, and the history of it', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(alice)];
  const body = { from_account_id: from, to_account_id: to, amount: '2.50', description: 'lunch' };
  const sent = await client.postTransfer({ body });
  expect(sent).toMatchObject({ status: 200, replayed: false, data: { status: 'COMPLETED', amount: '2.50' } });
  const { data } = await client.listTransactions({ query: { account_id: from, limit: 1 } });
  expect(data.transactions[0]).toMatchObject({ id: sent.data.transaction_id, description: 'lunch' });
  const balance = await client.getBalance({ params: { id: from } });
  expect(balance.data.balance).toBe('7.50');
});

test('a refusal is thrown with its code, and the transaction that recorded it can be read', async () => {
  const [from, to] = [await bank.account(alice, '1'), await bank.account(alice)];
  const error = await client
    .postTransfer({ body: { from_account_id: from, to_account_id: to, amount: '2' } })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'ApiError',
    status: 400,
    code: 'INSUFFICIENT_FUNDS',
    fields: [{ field: 'amount' }],
  });
  const id = String(Reflect.get(Object(error), 'transactionId'));
  expect((await client.getTransaction({ params: { id } })).data.status).toBe('FAILED');
});

test('a transfer whose answer is lost is sent again, and the money moves once', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(alice)];
  let lost = 0;
  const unlucky = createClient({
    baseUrl: bank.cloud.apiUrl,
    token: alice.token,
    fetch: async (...request) => {
      const response = await fetch(...request);
      if (lost < 2) {
        lost += 1;
        throw new TypeError('the connection broke');
      }
      return response;
    },
    retries: { firstWait: 1 },
  });
  const { replayed } = await unlucky.postTransfer({ body: { from_account_id: from, to_account_id: to, amount: '4' } });
  expect([lost, replayed, await bank.balance(from)]).toEqual([2, true, '6.00']);
});

test('a token that the gateway does not know is UNAUTHENTICATED', async () => {
  const stranger = createClient({ baseUrl: bank.cloud.apiUrl, token: 'no token' });
  await expect(stranger.getAccount({ params: { id: randomUUID() } })).rejects.toMatchObject({
    status: 401,
    code: 'UNAUTHENTICATED',
  });
});
