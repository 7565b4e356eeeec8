import { build } from 'esbuild';
import { describe, expect, test, vi } from 'vitest';
import { ApiError, type ClientOptions, createClient } from '../../../client/index.ts';
import { sleep } from '../../../client/retry.ts';

const transfer = { from_account_id: 'a', to_account_id: 'b', amount: '1.00' };

/** A client whose requests get these answers, one after another, and what it sent and waited for. */
function clientOf(answers: (Response | Error)[], retries: ClientOptions['retries'] = {}) {
  const sent: { url: string; init: RequestInit; headers: Headers }[] = [];
  const waits: number[] = [];
  const left = answers.values();
  const bank = createClient({
    baseUrl: 'https://bank.example/',
    token: 'a-token',
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init, headers: new Headers(init.headers) });
      const answer = left.next().value ?? new TypeError('no answer is left');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    retries: { wait: async milliseconds => void waits.push(milliseconds), ...retries },
  });
  return { bank, sent, waits };
}

const ok = (body: unknown, headers = {}) => Response.json(body, { headers });
const refusal = (status: number, code: string, headers = {}) =>
  Response.json({ code, title: 'a title', detail: 'a detail' }, { status, headers });

describe('a request', () => {
  test('fills in the path, leaves out what was not asked, and has the token', async () => {
    const { bank, sent } = clientOf([ok({}), ok({})]);
    await bank.getAccount({ params: { id: 'a/b' } });
    await bank.listTransactions({ query: { limit: 5, account_id: undefined } });
    expect(sent.map(({ url }) => url)).toEqual([
      'https://bank.example/accounts/a%2Fb',
      'https://bank.example/transactions?limit=5',
    ]);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer a-token');
  });

  test('of a public route has no token', async () => {
    const { bank, sent } = clientOf([ok({ status: 'healthy' })]);
    expect((await bank.getHealth()).data.status).toBe('healthy');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });

  test('that changes a version says which one', async () => {
    const { bank, sent } = clientOf([ok({}, { etag: '"4"' })]);
    const { etag } = await bank.updateAccount({ params: { id: 'a' }, body: { overdraft_limit: '5' }, ifMatch: '"3"' });
    expect([sent[0]?.headers.get('if-match'), etag]).toEqual(['"3"', '"4"']);
  });
});

describe('a command', () => {
  test('has an Idempotency-Key of its own, and keeps it when it is sent again', async () => {
    const { bank, sent } = clientOf([new TypeError('fetch failed'), refusal(503, 'UNAVAILABLE'), ok({}), ok({})]);
    await bank.postTransfer({ body: transfer });
    await bank.postTransfer({ body: transfer });
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(keys[3]).not.toBe(keys[0]);
  });

  test('keeps the key that it was given', async () => {
    const { bank, sent } = clientOf([ok({}, { 'idempotent-replayed': 'true' })]);
    expect((await bank.postTransfer({ body: transfer, key: 'mine' })).replayed).toBe(true);
    expect(sent[0]?.headers.get('idempotency-key')).toBe('mine');
  });

  test('is sent again while the first is being worked on', async () => {
    const { bank, waits } = clientOf([refusal(409, 'REQUEST_IN_FLIGHT', { 'retry-after': '1' }), ok({})]);
    await bank.postTransfer({ body: transfer });
    expect(waits).toEqual([1000]);
  });
});

describe('retries', () => {
  test('wait as long as Retry-After says', async () => {
    const { bank, waits } = clientOf([refusal(429, 'RATE_LIMITED', { 'retry-after': '7' }), ok({})]);
    await bank.postTransfer({ body: transfer });
    expect(waits).toEqual([7000]);
  });

  test('wait longer each time otherwise, and end', async () => {
    const { bank, sent, waits } = clientOf(
      Array.from({ length: 9 }, () => new TypeError('fetch failed')),
      {
        attempts: 3,
        firstWait: 100,
      },
    );
    await expect(bank.getHealth()).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(3);
    expect(waits[0]).toBeGreaterThanOrEqual(50);
    expect(waits[1]).toBeGreaterThanOrEqual(100);
    expect(waits[1]).toBeLessThanOrEqual(200);
  });

  test('do not wait for longer than the caller wants to', async () => {
    const { bank, waits } = clientOf([refusal(429, 'RATE_LIMITED', { 'retry-after': '3000' })]);
    await expect(bank.getHealth()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 3000 });
    expect(waits).toEqual([]);
  });

  test('never send again what may have happened and has no key, unless nothing can have happened', async () => {
    const freeze = { params: { id: 'a' }, body: { reason: 'suspicious' } };
    for (const answer of [refusal(503, 'UNAVAILABLE'), new TypeError('fetch failed')]) {
      const { bank, sent } = clientOf([answer, ok({})]);
      await expect(bank.freezeAccount(freeze)).rejects.toThrow();
      expect(sent).toHaveLength(1);
    }
    const { bank, sent } = clientOf([refusal(429, 'RATE_LIMITED'), ok({})]);
    await bank.freezeAccount(freeze);
    expect(sent).toHaveLength(2);
  });

  test('are no cure for a defect', async () => {
    const { bank, sent } = clientOf([new RangeError('a defect'), ok({})]);
    await expect(bank.getHealth()).rejects.toThrow('a defect');
    expect(sent).toHaveLength(1);
  });

  test('end when the caller has had enough', async () => {
    const enough = new AbortController();
    const { bank, sent } = clientOf([refusal(503, 'UNAVAILABLE', { 'retry-after': '30' })], { wait: sleep });
    const call = bank.getHealth({ signal: enough.signal });
    await vi.waitUntil(() => sent.length === 1);
    enough.abort(new Error('enough'));
    await expect(call).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('an error', () => {
  test('has the code, the fields, the failed transaction and the id of its request', async () => {
    const body = {
      code: 'INSUFFICIENT_FUNDS',
      title: 'a title',
      errors: [{ field: 'amount', message: 'too much' }],
      transaction_id: 'a-transaction',
    };
    const { bank } = clientOf([Response.json(body, { status: 400, headers: { 'x-request-id': 'a-request' } })]);
    const error = await bank.postTransfer({ body: transfer }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      message: 'a title',
      status: 400,
      code: 'INSUFFICIENT_FUNDS',
      fields: body.errors,
      transactionId: 'a-transaction',
      requestId: 'a-request',
    });
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [404, 'ROUTE_NOT_FOUND'],
    [500, 'INTERNAL_ERROR'],
  ])('of the gateway, %i, is %s', async (status, code) => {
    const { bank } = clientOf([Response.json({ message: 'No' }, { status })]);
    await expect(bank.getMyCustomer()).rejects.toMatchObject({ code, message: 'No' });
  });

  test('that is no JSON is told by its status', async () => {
    const { bank } = clientOf([new Response('<html>', { status: 502 })]);
    await expect(bank.getMyCustomer()).rejects.toThrow('The API answered 502');
  });
});

test('a browser can run it: nothing of it is of Node.js alone', async () => {
  const { outputFiles } = await build({
    entryPoints: ['client/index.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  expect(outputFiles[0]?.text).toContain('createClient');
  expect(outputFiles[0]?.text).not.toMatch(/\b(process\.env|Buffer\.from)\b/);
});
