import { describe, expect, test } from 'vitest';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { serve } from '../../../lambdas/runtime/http/serve.ts';
import { remainingTime } from '../../../lambdas/runtime/invocation.ts';
import { claimsOf, eventOf, lambdaContext } from '../support/events.ts';
import { captureLogs, logLines } from '../support/logs.ts';
import { sampleHandler, sampleRequest, sendSample } from '../support/sample-route.ts';

const good = () => ({ body: { text: 'hello', owner: { name: 'Ada' } } });
const fail = (error: unknown) => () => {
  throw error;
};

/** An error as a database makes it, with everything in it that must not come out. */
const internal = new Error('ERROR: permission denied for table accounts; SQLState: 42501');

describe('every answer', () => {
  test.each([
    ['a success', good, 201],
    ['a refusal', fail(new BankError('INSUFFICIENT_FUNDS')), 400],
    ['an unavailable database', fail(new BankError('UNAVAILABLE', { cause: internal })), 503],
    ['a defect', fail(internal), 500],
  ])('that is %s has the standard headers and the id of the request', async (_what, answer, status) => {
    captureLogs();
    const { statusCode, headers } = await sendSample(answer);
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'content-type': expect.stringMatching(/^application\/(problem\+)?json$/),
      'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': 'request-1',
    });
  });

  test('keeps the headers of its own', async () => {
    captureLogs();
    const { headers } = await sendSample(fail(new BankError('UNAVAILABLE', { retryAfter: 1 })));
    expect(headers).toMatchObject({ 'retry-after': '1', 'content-type': 'application/problem+json' });
  });
});

describe('an error', () => {
  test('of the bank is told with its code', async () => {
    captureLogs();
    const { body } = await sendSample(fail(new BankError('ACCOUNT_NOT_ACTIVE')));
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE', status: 403, request_id: 'request-1' });
  });

  test.each([
    ['an error that nobody foresaw', internal],
    ['something that is no error', 'permission denied for table accounts'],
    ['nothing', undefined],
  ])('that is %s is told as INTERNAL_ERROR without a word of it', async (_what, thrown) => {
    captureLogs();
    const { statusCode, body } = await sendSample(fail(thrown));
    expect(statusCode).toBe(500);
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'urn:countinghouse:problem:internal-error',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'INTERNAL_ERROR',
      request_id: 'request-1',
    });
  });

  test('of a reply that is not as the contract says is INTERNAL_ERROR, and the reply is not sent', async () => {
    captureLogs();
    const { statusCode, body } = await sendSample(() => ({ body: JSON.parse('{"text":"half an answer"}') }));
    expect(statusCode).toBe(500);
    expect(body).not.toMatch(/half|owner/);
  });

  test('of a route that the function does not have is a defect', async () => {
    captureLogs();
    const { statusCode } = await sendSample(good, { routeKey: 'GET /elsewhere' });
    expect(statusCode).toBe(500);
  });
});

describe('a function', () => {
  test('with several routes answers each with its own handler', async () => {
    captureLogs();
    const other = { routeKey: 'GET /other', run: async () => ({ statusCode: 204 }) };
    const send = serve([sampleHandler(good), other], {});
    expect(await send(eventOf({ routeKey: 'GET /other' }), lambdaContext())).toMatchObject({ statusCode: 204 });
    expect(await send(eventOf(sampleRequest()), lambdaContext())).toMatchObject({ statusCode: 201 });
  });

  test('passes its dependencies and the rules of its stage to the handler', async () => {
    captureLogs();
    const seen: unknown[] = [];
    const spy = {
      routeKey: 'GET /spy',
      run: async (...[, dependencies, allowed]: [unknown, string, readonly string[]]) => {
        seen.push(dependencies, allowed);
        return { statusCode: 204 };
      },
    };
    await serve([spy], 'the ledger', ['customer_deposits'])(eventOf({ routeKey: 'GET /spy' }), lambdaContext());
    expect(seen).toEqual(['the ledger', ['customer_deposits']]);
  });

  test('knows the time that its invocation has left', async () => {
    captureLogs();
    let left = 0;
    await sendSample(() => {
      left = remainingTime();
      return good();
    });
    expect(left).toBe(30_000);
  });
});

describe('the log', () => {
  test('has one line for a success: its route, its request, its status', async () => {
    const logged = captureLogs();
    await sendSample(good);
    expect(logLines(logged())).toEqual([
      expect.objectContaining({
        message: 'answered',
        status: 201,
        route: 'POST /samples/{id}',
        request_id: 'request-1',
      }),
    ]);
  });

  test('has one line for a refusal, with its code', async () => {
    const logged = captureLogs();
    await sendSample(fail(new BankError('FORBIDDEN')));
    expect(logLines(logged())).toEqual([expect.objectContaining({ status: 403, code: 'FORBIDDEN', level: 'INFO' })]);
  });

  test('does not carry the code of one request into the next', async () => {
    const logged = captureLogs();
    await sendSample(fail(new BankError('FORBIDDEN')));
    await sendSample(good);
    expect(logLines(logged())[1]).not.toHaveProperty('code');
  });

  test.each([
    ['a defect', internal],
    ['an unavailable database', new BankError('UNAVAILABLE', { cause: internal })],
  ])('says what caused %s', async (_what, error) => {
    const logged = captureLogs();
    await sendSample(fail(error));
    const [first, last] = logLines(logged());
    expect(first).toMatchObject({ level: 'ERROR', cause: { message: internal.message } });
    expect(last).toMatchObject({ message: 'answered' });
  });

  const secret = 'correct-horse';
  test.each([
    ['a success', { body: { text: secret } }],
    ['a body with a wrong field', { body: { text: 5, [secret]: secret } }],
    ['a body with a key twice', { body: `{"${secret}":"1","${secret}":"2"}` }],
    ['a body that is no JSON', { body: `{"text": ${secret}` }],
    ['a query that is wrong', { query: { limit: secret } }],
    ['a caller who may not', { claims: { ...claimsOf('teller'), username: secret } }],
  ])('has nothing of the body, the query or the token of %s', async (_what, changes) => {
    const logged = captureLogs();
    await sendSample(good, { ...changes, headers: { authorization: `Bearer ${secret}` } });
    expect(logLines(logged())).toHaveLength(1);
    expect(logged()).not.toContain(secret);
  });

  test('has nothing of a reply that is not as the contract says, but its fields', async () => {
    const logged = captureLogs();
    await sendSample(() => ({ body: JSON.parse(`{"text":"${secret}","owner":"${secret}"}`) }));
    expect(logged()).toContain('owner');
    expect(logged()).not.toContain(secret);
  });
});
