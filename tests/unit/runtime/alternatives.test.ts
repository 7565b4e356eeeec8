import { expect, test } from 'vitest';
import { z } from 'zod';
import { handle } from '../../../lambdas/runtime/http/handle.ts';
import { route } from '../../../lambdas/runtime/route.ts';
import { eventOf } from '../support/events.ts';

const definition = route({
  method: 'GET',
  path: '/reports',
  capability: 'system',
  summary: 'A route of the unit tests',
  roles: ['customer'],
  status: 200,
  alternatives: ['text/csv', 'application/pdf'],
  reply: z.object({ text: z.string() }),
  refusals: [],
});
const file = (mediaType: string, filename?: string) => ({
  file: { mediaType, content: Buffer.from('a,b'), ...(filename === undefined ? {} : { filename }) },
});

test('a route with alternatives gets the Accept header, and says that its answers depend on it', async () => {
  const handler = handle(definition, ({ accept }) => ({ body: { text: accept ?? 'nothing' } }));
  const { headers, body } = await handler.run(eventOf({ headers: { accept: 'text/csv' } }), {}, []);
  expect(body).toBe('{"text":"text/csv"}');
  expect(headers).toEqual({ 'content-type': 'application/json', vary: 'accept' });
});

test("a file in place of JSON is somebody's own: nobody is told to keep it, and it has its name", async () => {
  const handler = handle(definition, () => file('application/pdf', 'report-1.pdf'));
  const answer = await handler.run(eventOf(), {}, []);
  expect(answer).toEqual({
    statusCode: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="report-1.pdf"',
      vary: 'accept, accept-encoding',
    },
    body: Buffer.from('a,b').toString('base64'),
    isBase64Encoded: true,
  });
});

test.each([
  ['of a media type that the contract does not name', file('text/html')],
  ['of a name that could write a header', file('text/csv', 'a"\r\nset-cookie: a=b')],
])('a file %s is a defect', async (_, answer) => {
  await expect(handle(definition, () => answer).run(eventOf(), {}, [])).rejects.toThrow();
});
