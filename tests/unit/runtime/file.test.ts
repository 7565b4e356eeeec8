import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { writeFile } from '../../../lambdas/runtime/http/file.ts';

const route = { status: 200, media: ['text/css'], roles: 'public' } as const;
const file = { mediaType: 'text/css', content: Buffer.from('a { color: red }') };

test.each(['gzip', 'br, gzip;q=0.5', 'deflate,gzip'])('"%s" gets it compressed', accepted => {
  const { headers, body = '' } = writeFile(route, file, accepted);
  expect(headers?.['content-encoding']).toBe('gzip');
  expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe('a { color: red }');
});

test.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.0, br'])('"%s" gets it plain', accepted => {
  const { headers, body = '' } = writeFile(route, file, accepted);
  expect(headers).not.toHaveProperty('content-encoding');
  expect(Buffer.from(body, 'base64').toString()).toBe('a { color: red }');
});

test('a media type that the contract does not name is a defect', () => {
  expect(() => writeFile(route, { ...file, mediaType: 'text/html' })).toThrow('The contract names no text/html');
});
