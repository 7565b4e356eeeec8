import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { goodClaims, only, send, serve, sign } from './support.ts';

describe('the event of payload format 2.0', () => {
  test('has everything that the documentation lists, and nothing that the request lacks', async () => {
    const at = Date.UTC(2020, 2, 12, 19, 3, 58, 390);
    const api = await serve({
      now: () => at,
      routes: [{ routeKey: 'GET /accounts/{id}/balance', functionName: 'f' }],
    });
    await send(api.url, '/accounts/42/balance', { headers: { 'user-agent': 'tester/1', host: 'bank.test' } });
    const event = only(api.events);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /accounts/{id}/balance',
      rawPath: '/accounts/42/balance',
      rawQueryString: '',
      headers: {
        host: 'bank.test',
        'user-agent': 'tester/1',
        'content-length': '0',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-5e6a879e-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': String(api.port),
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'abc123',
        domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
        domainPrefix: 'abc123',
        http: {
          method: 'GET',
          path: '/accounts/42/balance',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'tester/1',
        },
        requestId: expect.stringMatching(/^.{15}=$/),
        routeKey: 'GET /accounts/{id}/balance',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: at,
      },
      pathParameters: { id: '42' },
      isBase64Encoded: false,
    });
  });

  test('repeated headers are joined with commas under lower-case names', async () => {
    const api = await serve();
    await send(api.url, '/open/a', { headers: ['Host', 'bank.test', 'X-Thing', 'one', 'x-thing', 'two'] });
    expect(only(api.events).headers['x-thing']).toBe('one,two');
  });

  test('cookies have their own list and are not among the headers', async () => {
    const api = await serve();
    await send(api.url, '/open/a', { headers: { cookie: 'a=1; b=2' } });
    expect(only(api.events).cookies).toEqual(['a=1', 'b=2']);
    expect(only(api.events).headers).not.toHaveProperty('cookie');
  });

  test('query parameters are decoded, repeated ones joined with commas, and the raw string is kept', async () => {
    const api = await serve();
    await send(api.url, '/open/a?b=1&b=2&c=x%20y&d&__proto__=p');
    const event = only(api.events);
    expect(event.rawQueryString).toBe('b=1&b=2&c=x%20y&d&__proto__=p');
    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([
      ['b', '1,2'],
      ['c', 'x y'],
      ['d', ''],
      ['__proto__', 'p'],
    ]);
  });

  test('paths and path parameters are decoded', async () => {
    const api = await serve();
    await send(api.url, '/open/caf%C3%A9%20bar');
    expect(only(api.events).rawPath).toBe('/open/café bar');
    expect(only(api.events).pathParameters).toEqual({ proxy: 'café bar' });
  });

  test('a malformed escape in the path is 400 Bad Request', async () => {
    const api = await serve();
    const answer = await send(api.url, '/open/%zz');
    expect([answer.status, answer.body]).toEqual([400, '{"message":"Bad Request"}']);
  });

  test('a forged x-forwarded-for is passed on with the real address behind it, and is not the source', async () => {
    const api = await serve();
    await send(api.url, '/open/a', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    const event = only(api.events);
    expect(event.headers['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1');
    expect(event.requestContext.http.sourceIp).toBe('127.0.0.1');
  });

  test('the answer carries the request id that the event carries', async () => {
    const api = await serve();
    const answer = await send(api.url, '/open/a');
    expect(answer.headers['apigw-requestid']).toBe(only(api.events).requestContext.requestId);
  });
});

describe('the body in the event', () => {
  const plain: (string | undefined)[] = [
    'application/json',
    'application/json; charset=UTF-8',
    'text/plain',
    'text/csv',
    'application/xml',
    'application/javascript',
  ];
  test.each(plain)('%s is plain', async type => {
    const api = await serve();
    await send(api.url, '/open/a', { method: 'POST', headers: { 'content-type': type }, body: '{"é":1}' });
    expect(only(api.events)).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
    expect(only(api.events).headers['content-length']).toBe('8');
  });

  const encoded = [
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'image/png',
    'multipart/form-data; boundary=x',
    'text/plain; charset=iso-8859-1',
  ];
  test.each(encoded)('%s is base64', async type => {
    const api = await serve();
    await send(api.url, '/open/a', { method: 'POST', headers: { 'content-type': type }, body: 'a=b' });
    expect(only(api.events)).toMatchObject({ body: 'YT1i', isBase64Encoded: true });
  });

  test('a body without a content type is base64', async () => {
    const api = await serve();
    await send(api.url, '/open/a', { method: 'POST', body: 'a=b' });
    expect(only(api.events)).toMatchObject({ body: 'YT1i', isBase64Encoded: true });
  });

  test('text that is not UTF-8 keeps its bytes, in base64', async () => {
    const api = await serve();
    const body = Buffer.from([0x22, 0xff, 0x22]);
    await send(api.url, '/open/a', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(only(api.events)).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  test('ten megabytes pass', async () => {
    const api = await serve();
    const body = 'x'.repeat(10 * 1024 * 1024);
    const answer = await send(api.url, '/open/a', { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
    expect(answer.status).toBe(200);
    expect(only(api.events).body).toHaveLength(body.length);
  });

  test.each([
    ['with its length told', {}],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('a byte more than ten megabytes, %s, is 413 and reaches no function', async (_how, headers) => {
    const api = await serve();
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);
    const answer = await send(api.url, '/open/a', { method: 'POST', headers, body });
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(api.events).toEqual([]);
  });

  test('more than 10,240 bytes of headers are 431', async () => {
    const api = await serve();
    const answer = await send(api.url, '/open/a', { headers: { 'x-big': 'x'.repeat(10_300) } });
    expect([answer.status, answer.body]).toEqual([431, '{"message":"Request Header Fields Too Large"}']);
    expect(answer.headers['apigw-requestid']).toBeDefined();
  });
});

describe('what is no request', () => {
  test('is 400 in the form of the other refusals', async () => {
    const api = await serve();
    const socket = connect(api.port, '127.0.0.1');
    socket.end('this is not HTTP\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(.*\r\n)+\r\n\{"message":"Bad Request"\}$/);
  });
});

describe('the log', () => {
  test('has a line for each request, without query strings and tokens', async () => {
    const lines: string[] = [];
    const api = await serve({ log: line => lines.push(line) });
    const token = sign(goodClaims());
    await send(api.url, '/guarded?secret=1', { headers: { authorization: token } });
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^GET \/guarded 200 \d+ms .{15}=$/);
  });
});
