import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
beforeAll(async () => {
  bank = await startSystem();
});
afterAll(() => bank?.close());

const get = (path: string, headers = {}) => fetch(`${bank.cloud.apiUrl}${path}`, { headers });

test('/openapi.json is the committed document', async () => {
  const response = await get('/openapi.json');
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.text()).toBe(await readFile('docs/openapi.json', 'utf8'));
});

describe('the page at /docs', () => {
  test('is a page that names no other site, and may load nothing from one', async () => {
    const response = await get('/docs');
    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).not.toMatch(/(?:https?:)?\/\/[\w-]+\./);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/);
  });

  test('finds everything that it asks for', async () => {
    const page = await (await get('/docs')).text();
    const asked = [...page.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(asked).toHaveLength(3);
    for (const path of asked) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-type')).toMatch(/^text\/(css|javascript); charset=utf-8$/);
      expect((await response.text()).length).toBeGreaterThan(100);
    }
  });

  test('is sent compressed to whoever reads that, and plain to others', async () => {
    const [compressed, plain] = [
      await get('/docs/swagger-ui-bundle.js', { 'accept-encoding': 'br, gzip' }),
      await get('/docs/swagger-ui-bundle.js', { 'accept-encoding': 'gzip;q=0' }),
    ];
    expect([compressed, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', null]);
    expect(await compressed.text()).toBe(await plain.text());
  });

  test.each(['index.mjs', '..%2findex.mjs', 'openapi.json', 'nothing.js'])('has no %s', async name => {
    expect((await get(`/docs/${name}`)).status).toBe(404);
  });
});
