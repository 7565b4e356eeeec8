import { isLosslessNumber } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../../lambdas/runtime/http/body.ts';
import { bankErrorOf } from '../support/errors.ts';
import { eventOf } from '../support/events.ts';

const read = (body: unknown, headers: Record<string, string> = {}) => readBody(eventOf({ body, headers }));
const codeOf = async (body: unknown, headers?: Record<string, string>) =>
  (await bankErrorOf(() => read(body, headers))).code;

/** A JSON object of exactly so many bytes. */
const objectOf = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;

describe('a body', () => {
  test('is a JSON object whose numbers keep their source text', () => {
    const { amount } = read('{"amount": 10.10}') as { amount: unknown };
    expect(isLosslessNumber(amount) && amount.toString()).toBe('10.10');
  });

  test('that the gateway encoded as Base64 is decoded', () => {
    expect(read(Buffer.from('{"description":"Zürich"}'))).toEqual({ description: 'Zürich' });
  });

  test('that is empty is an object without fields, whatever its media type', () => {
    expect(read('', { 'content-type': 'text/plain' })).toEqual({});
    expect(readBody(eventOf())).toEqual({});
  });

  test.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"text"'],
    ['true', 'true'],
  ])('that is %s is refused', async (_what, text) => {
    expect(await codeOf(text)).toBe('INVALID_REQUEST');
  });

  test.each([
    ['cut off', '{"a":'],
    ['followed by more', '{} {}'],
    ['with a trailing comma', '{"a":"1",}'],
    ['with a comment', '{"a":"1" /* one */}'],
    ['with single quotes', "{'a':'1'}"],
    ['with NaN', '{"a":NaN}'],
    ['with a leading zero', '{"a":01}'],
    ['with a raw line break in a text', '{"a":"1\n2"}'],
    ['of white space only', '   '],
    ['that is a form', 'amount=1&to=2'],
  ])('that is JSON %s is refused', async (_what, text) => {
    expect(await codeOf(text)).toBe('INVALID_REQUEST');
  });

  test.each([
    ['a stray continuation byte', [0x80]],
    ['an overlong encoding', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut-off sequence', [0xe2, 0x82]],
  ])('that is no UTF-8, by %s, is refused', async (_what, bytes) => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(await codeOf(body)).toBe('INVALID_REQUEST');
  });

  test('nested as deep as its size allows is refused and does not break the function', async () => {
    const levels = 32_000;
    expect(await codeOf(`{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`)).toBe('INVALID_REQUEST');
    expect(await codeOf('['.repeat(60_000))).toBe('INVALID_REQUEST');
  });
});

describe('a key that is given twice', () => {
  test('is refused and named', async () => {
    const { code, details } = await bankErrorOf(() => read('{"amount":"1","amount":"2"}'));
    expect(code).toBe('INVALID_REQUEST');
    expect(details.detail).toContain('"amount"');
  });

  test.each([
    ['with the same text', '{"amount":"1","amount":"1"}'],
    ['with the same number', '{"amount":1,"amount":1}'],
    ['once escaped', '{"amount":"1","\\u0061mount":"2"}'],
    ['inside another object', '{"a":{"b":1,"b":2}}'],
    ['as __proto__', '{"__proto__":{"a":"1"},"__proto__":{"a":"2"}}'],
  ])('%s is refused', async (_what, text) => {
    expect(await codeOf(text)).toBe('INVALID_REQUEST');
  });
});

describe('a key of a name that JavaScript uses', () => {
  test('gives an object no fields that it does not have', () => {
    const body = read('{"__proto__":{"amount":"5"}}');
    expect(Reflect.get(Object(body), 'amount')).toBeUndefined();
    expect(Object.keys(Object(body))).toEqual(['__proto__']);
  });

  test('changes no other object', () => {
    read('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('the size of a body', () => {
  test('may be 64 KiB', () => {
    expect(Object.keys(Object(read(objectOf(65_536))))).toEqual(['a']);
  });

  test('may not be a byte more', async () => {
    expect(await codeOf(objectOf(65_537))).toBe('PAYLOAD_TOO_LARGE');
  });

  test('may be what its route says', async () => {
    const event = { body: objectOf(70_000), headers: { 'content-type': 'application/json' } } as never;
    expect(Object.keys(Object(readBody(event, 70_000)))).toEqual(['a']);
    expect(() => readBody(event, 69_999)).toThrow('At most 69999 bytes are taken.');
  });

  test('is counted in bytes, not characters', async () => {
    expect(await codeOf(`{"a":"${'é'.repeat(40_000)}"}`)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('is that of the decoded body', async () => {
    expect(Object.keys(Object(read(Buffer.from(objectOf(65_536)))))).toEqual(['a']);
    expect(await codeOf(Buffer.from(objectOf(65_537)))).toBe('PAYLOAD_TOO_LARGE');
  });

  test('is judged before anything else, so ten megabytes of garbage cost nothing', async () => {
    expect(await codeOf('x'.repeat(10_000_000), { 'content-type': 'text/plain' })).toBe('PAYLOAD_TOO_LARGE');
  });
});

describe('the media type of a body', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'may be %s',
    type => {
      expect(read('{"a":"1"}', { 'content-type': type })).toEqual({ a: '1' });
    },
  );

  test.each(['', 'text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', 'text/html,application/json'])(
    'may not be "%s"',
    async type => {
      expect(await codeOf('{"a":"1"}', { 'content-type': type })).toBe('UNSUPPORTED_MEDIA_TYPE');
    },
  );

  test('must be said', async () => {
    const event = eventOf({ body: '{"a":"1"}' });
    event.headers = {};
    const { code } = await bankErrorOf(() => readBody(event));
    expect(code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });
});
