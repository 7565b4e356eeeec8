import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { handle } from '../../../lambdas/runtime/http/handle.ts';
import { route } from '../../../lambdas/runtime/route.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf, eventOf, eventWithoutToken, type RequestOptions } from '../support/events.ts';
import { sampleHandler, sampleRequest } from '../support/sample-route.ts';

const reply = { text: 'hello', owner: { name: 'Ada' } };

/** Runs the sample handler and answers what it was given. */
async function requestSeen(changes: RequestOptions = {}) {
  const answer = vi.fn<Parameters<typeof sampleHandler>[0]>(() => ({ body: reply }));
  const result = await sampleHandler(answer).run(eventOf(sampleRequest(changes)), {}, []);
  return { request: answer.mock.calls[0]?.[0], result };
}

const run = async (changes: RequestOptions) => (await requestSeen(changes)).result;

test('a handler gets the parts as the schemas made them, the caller and the key', async () => {
  const { request } = await requestSeen({ query: { limit: '9' }, headers: { 'idempotency-key': 'key-1' } });
  expect(request).toMatchObject({
    params: { id: '7' },
    query: { limit: 9 },
    body: { text: 'hello' },
    caller: customer,
    key: 'key-1',
  });
});

test('a request without a key has none, and gets the defaults', async () => {
  const { request } = await requestSeen();
  expect(request?.key).toBeUndefined();
  expect(request?.query).toEqual({ limit: 5 });
});

test('an answer has the status and the fields that the contract declares, and no others', async () => {
  const answer = { ...reply, secret: '123-45-6789', owner: { name: 'Ada', ssn: '123-45-6789' } };
  const result = await sampleHandler(() => ({ body: answer })).run(eventOf(sampleRequest()), {}, []);
  expect(result).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(reply),
  });
});

test('an answer to an earlier request says so', async () => {
  const handler = sampleHandler(() => ({ body: reply, replayed: true }));
  expect((await handler.run(eventOf(sampleRequest()), {}, [])).headers).toMatchObject({
    'idempotent-replayed': 'true',
  });
});

test('an answer that lacks a declared field is a defect, not an answer', async () => {
  const handler = handle(route({ ...bare, reply: z.object({ text: z.string() }) }), () => ({ body: JSON.parse('{}') }));
  await expect(handler.run(eventOf(), {}, [])).rejects.toThrow(z.ZodError);
});

test.each(['', ' ', 'two words', 'ключ', 'tab\there', 'x'.repeat(256)])(
  'the idempotency key "%s" is refused by the name of its header',
  async key => {
    const fields = await refusedFields(() => run({ headers: { 'idempotency-key': key } }));
    expect(fields).toEqual(['Idempotency-Key']);
  },
);

test('an idempotency key may have 255 characters of any printable kind', async () => {
  const key = '~!"{}\\'.padEnd(255, 'x');
  expect((await requestSeen({ headers: { 'idempotency-key': key } })).request?.key).toBe(key);
});

test('a bad key is named together with every other bad field', async () => {
  const fields = await refusedFields(() =>
    run({ headers: { 'idempotency-key': '' }, query: { limit: 'x' }, body: { text: 1, more: 2 } }),
  );
  expect(fields).toEqual(['limit', 'text', 'more', 'Idempotency-Key']);
});

test('who may not call a route learns nothing of what is wrong with the request', async () => {
  const { code } = await bankErrorOf(() => run({ claims: claimsOf('teller'), body: '{' }));
  expect(code).toBe('FORBIDDEN');
});

const bare = {
  method: 'GET',
  path: '/',
  capability: 'system',
  summary: '',
  roles: 'public',
  status: 200,
  refusals: [],
} as const;
const open = handle(route({ ...bare, reply: z.object({ id: z.string() }) }), ({ caller, key }) => ({
  body: { id: `${caller.id}${caller.ownAccountsOnly}${key}` },
}));

test('a public route needs no token, and takes its caller for nobody', async () => {
  const { body } = await open.run(eventWithoutToken(), {}, []);
  expect(body).toBe('{"id":"trueundefined"}');
});

test('a public route takes its caller for nobody even with a token', async () => {
  expect((await open.run(eventOf({ claims: claimsOf('admin') }), {}, [])).body).toBe('{"id":"trueundefined"}');
});

test('a route that takes no key passes none on', async () => {
  const result = await open.run(eventWithoutToken({ headers: { 'idempotency-key': 'key-1' } }), {}, []);
  expect(result.body).toBe('{"id":"trueundefined"}');
});

test('a route without a query takes none', async () => {
  expect(await refusedFields(() => open.run(eventWithoutToken({ query: { debug: '1' } }), {}, []))).toEqual(['debug']);
});

test('a route without a body does not read one', async () => {
  expect((await open.run(eventWithoutToken({ body: '{' }), {}, [])).statusCode).toBe(200);
});
