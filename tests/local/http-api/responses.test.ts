import { describe, expect, test } from 'vitest';
import { send, serve, serving } from './support.ts';

const internalError = '{"message":"Internal Server Error"}';

describe('what a function returns', () => {
  test('status, headers, cookies and body become the answer', async () => {
    const api = await serving({
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 3 },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '{"made":true}',
    });
    const answer = await send(api.url, '/open/a');
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-count': '3',
      'set-cookie': ['a=1; HttpOnly', 'b=2'],
      'apigw-requestid': expect.any(String),
    });
    expect(answer.body).toBe('{"made":true}');
  });

  test('a response without a content type is plain text', async () => {
    const api = await serving({ statusCode: 200, body: 'hi' });
    expect((await send(api.url, '/open/a')).headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test.each([
    ['an object', { hello: 'there' }, '{"hello":"there"}'],
    ['a string', 'Hello from Lambda!', 'Hello from Lambda!'],
    ['a list', [1, 2], '[1,2]'],
    ['nothing', null, 'null'],
  ])('%s without a statusCode is a 200 in JSON', async (_what, payload, body) => {
    const api = await serving(payload);
    const answer = await send(api.url, '/open/a');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toBe(body);
  });

  test('a base64 body is decoded', async () => {
    const api = await serving({
      statusCode: 200,
      body: Buffer.from('héllo').toString('base64'),
      isBase64Encoded: true,
    });
    expect((await send(api.url, '/open/a')).body).toBe('héllo');
  });

  test.each([
    ['a body that is an object', { statusCode: 200, body: { a: 1 } }],
    ['a status that is text', { statusCode: 'fine' }],
    ['a status out of range', { statusCode: 42 }],
    ['headers that are a list', { statusCode: 200, headers: ['a'] }],
    ['a header that is an object', { statusCode: 200, headers: { a: { b: 1 } } }],
    ['a header that breaks the line', { statusCode: 200, headers: { a: 'b\r\nset-cookie: c=1' } }],
    ['cookies that are text', { statusCode: 200, cookies: 'a=1' }],
  ])('%s is malformed: 500 Internal Server Error', async (_what, payload) => {
    const api = await serving(payload);
    const answer = await send(api.url, '/open/a');
    expect([answer.status, answer.body]).toEqual([500, internalError]);
  });

  test('headers of the connection cannot be set by a function', async () => {
    const api = await serving({ statusCode: 200, headers: { 'Content-Length': '99', Connection: 'x' }, body: 'hi' });
    const answer = await send(api.url, '/open/a');
    expect(answer.headers['content-length']).toBe('2');
    expect(answer.body).toBe('hi');
  });
});

describe('a function that does not return', () => {
  test('its error is 500 Internal Server Error', async () => {
    const api = await serve({ invoke: async () => ({ kind: 'error' }) });
    const answer = await send(api.url, '/open/a');
    expect([answer.status, answer.body]).toEqual([500, internalError]);
  });

  test('a host that fails is 500 and is logged', async () => {
    const lines: string[] = [];
    const api = await serve({
      log: line => lines.push(line),
      invoke: async () => {
        throw new Error('the host is gone');
      },
    });
    expect((await send(api.url, '/open/a')).status).toBe(500);
    expect(lines.join('\n')).toContain('the host is gone');
  });

  test('its time-out is 503 Service Unavailable', async () => {
    const api = await serve({ invoke: async () => ({ kind: 'timeout' }) });
    const answer = await send(api.url, '/open/a');
    expect([answer.status, answer.body]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test("the integration's time-out is 503 though the function still runs", async () => {
    const api = await serve({
      routes: [{ routeKey: 'GET /slow', functionName: 'slow', timeoutMs: 1 }],
      invoke: () => new Promise(() => {}),
    });
    expect((await send(api.url, '/slow')).status).toBe(503);
  });
});

describe('throttling', () => {
  test('requests beyond the burst are 429, and the rate lets them in again', async () => {
    let at = 0;
    const api = await serve({ now: () => at, throttle: { rateLimit: 1, burstLimit: 2 } });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await send(api.url, '/open/a')).status);
    at += 1000;
    const after = await send(api.url, '/open/a');
    const refused = await send(api.url, '/open/a');
    expect([...statuses, after.status]).toEqual([200, 200, 429, 200]);
    expect(refused.body).toBe('{"message":"Too Many Requests"}');
  });

  test("a route's own limit stands in place of the stage's, and the other routes do not feel it", async () => {
    const limit = { rateLimit: 1, burstLimit: 1 };
    const routes = [
      { routeKey: 'GET /money', functionName: 'money', throttle: limit },
      { routeKey: 'GET /open/{id}', functionName: 'open' },
      { routeKey: 'GET /other', functionName: 'open' },
    ];
    const api = await serve({ now: () => 0, routes, throttle: { rateLimit: 1, burstLimit: 2 } });
    const statuses = [];
    for (const path of ['/money', '/money', '/open/a', '/other', '/open/b']) {
      statuses.push((await send(api.url, path)).status);
    }
    expect(statuses).toEqual([200, 429, 200, 200, 429]);
  });
});

describe('CORS', () => {
  const cors = {
    allowOrigins: ['https://bank.test', 'http://*'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization'],
    exposeHeaders: ['etag'],
    maxAge: 300,
    allowCredentials: true,
  };
  const asked = { 'access-control-request-method': 'GET' };

  test('a preflight of an allowed origin is answered by the gateway, on guarded routes too', async () => {
    const api = await serve({ cors });
    const headers = { origin: 'https://bank.test', ...asked };
    const answer = await send(api.url, '/guarded', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://bank.test',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '300',
      'access-control-allow-credentials': 'true',
    });
  });

  test('a preflight of another origin gets no leave', async () => {
    const api = await serve({ cors });
    const headers = { origin: 'https://elsewhere.test', ...asked };
    const answer = await send(api.url, '/guarded', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test("the API's CORS headers replace the function's", async () => {
    const payload = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://evil.test' } };
    const api = await serve({ cors, invoke: async () => ({ kind: 'result', payload }) });
    const allowed = await send(api.url, '/open/a', { headers: { origin: 'http://any.test' } });
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'http://any.test',
      'access-control-expose-headers': 'etag',
    });
    expect((await send(api.url, '/open/a')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('an API without CORS sends OPTIONS to its routes', async () => {
    const api = await serve();
    expect((await send(api.url, '/open/a', { method: 'OPTIONS', headers: { origin: 'x', ...asked } })).status).toBe(
      200,
    );
    expect(api.events).toHaveLength(1);
  });
});
