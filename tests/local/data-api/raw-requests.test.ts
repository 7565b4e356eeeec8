import { afterAll, beforeAll, expect, test } from 'vitest';
import { body, type DataApiUnderTest, dataApiUnderTest } from './data-api-client.ts';

let api: DataApiUnderTest;
beforeAll(async () => {
  api = await dataApiUnderTest();
});
afterAll(() => api.stop());

test('an unknown hint is refused with the hints there are', async () => {
  const reply = await api.post(
    '/Execute',
    body({ sql: 'select :v', parameters: [{ name: 'v', typeHint: 'MONEY', value: { stringValue: '1' } }] }),
  );
  expect(reply).toMatchObject({ status: 400, error: 'ValidationException' });
  expect(reply.body).toContain('Member must satisfy enum value set: [JSON, UUID, TIMESTAMP, DATE, TIME, DECIMAL]');
});

test('a 64-bit integer keeps its digits both ways', async () => {
  const parameter = '{"name":"n","value":{"longValue":9223372036854775806}}';
  const request = body({ sql: 'select :n + 1' }).replace(/\}$/, `,"parameters":[${parameter}]}`);
  expect((await api.post('/Execute', request)).body).toContain('{"longValue":9223372036854775807}');
});

test.each([
  ['a long that is no integer', { longValue: 1.5 }],
  ['a string that is a number', { stringValue: 1 }],
  ['a boolean that is a string', { booleanValue: 'true' }],
  ['a blob that is a number', { blobValue: 1 }],
  ['a double that is a word', { doubleValue: 'much' }],
  ['two members at once', { longValue: 1, stringValue: '1' }],
  ['a member there is not', { dateValue: '2024-01-01' }],
])('%s cannot be read', async (_what, value) => {
  const reply = await api.post('/Execute', body({ sql: 'select :v', parameters: [{ name: 'v', value }] }));
  expect(reply).toMatchObject({ status: 400, error: 'SerializationException' });
});

test('an integer beyond 64 bits cannot be read', async () => {
  const request = body({ sql: 'select 1' }).replace(
    /\}$/,
    ',"parameters":[{"name":"n","value":{"longValue":9223372036854775808}}]}',
  );
  expect(await api.post('/Execute', request)).toMatchObject({ status: 400, error: 'SerializationException' });
});
test('a transaction that has ended is 404 on the wire', async () => {
  const transactionId = await api.begin();
  await api.commit(transactionId);
  const reply = await api.post(
    '/CommitTransaction',
    JSON.stringify({ resourceArn: 'a', secretArn: 'b', transactionId }),
  );
  expect(reply).toMatchObject({ status: 404, error: 'TransactionNotFoundException' });
});
