import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { handle } from '../../../lambdas/runtime/http/handle.ts';
import { route } from '../../../lambdas/runtime/route.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { eventWithoutToken } from '../support/events.ts';

const bare = { path: '/', capability: 'system', summary: '', roles: 'public', status: 200, refusals: [] } as const;
const reply = z.object({ version: z.int() });
const change = handle(
  route({ ...bare, method: 'PATCH', conditional: true, body: z.strictObject({ text: z.string() }), reply }),
  ({ version }) => ({ body: { version: version ?? -1 } }),
);
const read = handle(route({ ...bare, method: 'GET', reply }), ({ version }) => ({ body: { version: version ?? 7 } }));

function send(ifMatch: string | undefined, body: unknown = { text: 'hello' }) {
  return change.run(eventWithoutToken({ body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } }), {}, []);
}

describe('a conditional route', () => {
  test('gets the version of the ETag that If-Match holds', async () => {
    expect((await send('"7"')).body).toBe('{"version":7}');
    expect((await send(' "12" ')).body).toBe('{"version":12}');
  });

  test('gets no version for *, which every version matches', async () => {
    expect((await send('*')).body).toBe('{"version":-1}');
  });

  test('answers 428 without If-Match', async () => {
    const error = await bankErrorOf(() => send(undefined));
    expect([error.code, error.status]).toEqual(['IF_MATCH_REQUIRED', 428]);
  });

  test.each(['', '7', '"7', "'7'", '"7", "8"', 'W/7', '"a b"'])('refuses If-Match: %s by its name', async header => {
    expect(await refusedFields(() => send(header))).toEqual(['If-Match']);
  });

  test('names a malformed If-Match together with every other bad field', async () => {
    expect(await refusedFields(() => send('7', { text: 1 }))).toEqual(['text', 'If-Match']);
  });

  test.each(['W/"7"', '"abc"', '"07"', '"-1"', '"7.0"', '""', '"99999999999999999999"'])(
    'answers 412 to If-Match: %s, which is a tag but can match no version',
    async header => {
      const error = await bankErrorOf(() => send(header));
      expect([error.code, error.status]).toEqual(['VERSION_CONFLICT', 412]);
    },
  );

  test('answers with the ETag of what it has become', async () => {
    expect((await send('"7"')).headers).toMatchObject({ etag: '"7"' });
  });
});

describe('reading', () => {
  const get = (headers: Record<string, string> = {}) => read.run(eventWithoutToken({ headers }), {}, []);

  test('answers with an ETag that If-Match takes back', async () => {
    const { headers } = await get();
    expect((await send(String(headers?.etag))).body).toBe('{"version":7}');
  });

  test.each(['"7"', 'W/"7"', '"6", "7"', '*'])('what the reader has (%s) is 304 without a body', async tag => {
    expect(await get({ 'if-none-match': tag })).toEqual({ statusCode: 304, headers: { etag: '"7"' } });
  });

  test.each(['"6"', '7', '"77"', ''])('what the reader does not have (%s) is answered whole', async tag => {
    expect(await get({ 'if-none-match': tag })).toMatchObject({ statusCode: 200, body: '{"version":7}' });
  });

  test('takes no notice of If-Match', async () => {
    expect(await get({ 'if-match': 'nonsense' })).toMatchObject({ statusCode: 200, body: '{"version":7}' });
  });
});

test.each<['GET' | 'POST', z.ZodObject]>([
  ['POST', reply],
  ['GET', z.object({ text: z.string() })],
])('a %s whose reply is not the current version of something has no ETag', async (method, replied) => {
  const plain = handle(route({ ...bare, method, reply: replied }), () => ({ body: { version: 7, text: '' } }));
  expect((await plain.run(eventWithoutToken(), {}, [])).headers).not.toHaveProperty('etag');
});
