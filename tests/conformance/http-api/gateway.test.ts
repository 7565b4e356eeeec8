import { describe, expect, test } from 'vitest';
import { apiService } from './api-service.ts';

// The rules are those of the API Gateway Developer Guide for HTTP APIs ("Control access with JWT authorizers", "Routes", "Quotas"),
// and of what the gateway itself answers; what only a function behind it can see is in tests/local/http-api.

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { url, token } = await apiService();
  const given = Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', token)]);
  const response = await fetch(`${url}${path}`, { method, headers: Object.fromEntries(given) });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const unauthorized = { status: 401, body: '{"message":"Unauthorized"}' };

describe('a guarded route', () => {
  test.each(['Bearer TOKEN', 'bearer TOKEN', 'TOKEN'])('lets "%s" through', async authorization => {
    expect((await get('/accounts', { authorization })).status).toBe(200);
  });

  test('answers 401 without a token, and says which it wants', async () => {
    const answer = await get('/accounts');
    expect(answer).toMatchObject(unauthorized);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  test.each([
    ['none at all', 'Bearer '],
    ['no token', 'Bearer nonsense'],
    ['a token whose signature is another', 'Bearer TOKENx'],
    ['a token without a signature', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`],
  ])('answers 401 to %s', async (_what, authorization) => {
    expect(await get('/accounts', { authorization })).toMatchObject(unauthorized);
  });
});

describe('a route', () => {
  test('that is open asks for nothing', async () => {
    expect((await get('/health')).status).toBe(200);
  });

  test('that there is not is 404, whatever comes with it', async () => {
    const missing = { status: 404, body: '{"message":"Not Found"}' };
    expect(await get('/no/such/route')).toMatchObject(missing);
    expect(await get('/no/such/route', { authorization: 'Bearer TOKEN' })).toMatchObject(missing);
    expect(await get('/health', {}, 'DELETE')).toMatchObject(missing);
  });
});

describe('every answer', () => {
  test.each(['/health', '/accounts', '/no/such/route'])('to %s has the request’s id', async path => {
    expect((await get(path)).headers.get('apigw-requestid')).toMatch(/^[\w=+/-]{10,}$/);
  });

  test('of the gateway’s own is JSON', async () => {
    expect((await get('/accounts')).headers.get('content-type')).toBe('application/json');
  });
});

test('more headers than 10,240 bytes are refused', async () => {
  expect((await get('/health', { 'x-long': 'x'.repeat(11_000) })).status).toBe(431);
});
