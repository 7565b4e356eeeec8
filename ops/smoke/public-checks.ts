import { ApiError } from '../../client/api-error.ts';
import { sendUntilAnswered, sleep } from '../../client/retry.ts';
import { type Check, must } from './check.ts';

/** A bank as somebody without a token finds it. */
export interface PublicBank {
  url: string;
  fetch: typeof fetch;
  /** What `/openapi.json` must be: the description of this version. */
  description: string;
}

const headers: readonly [string, RegExp][] = [
  ['strict-transport-security', /max-age=\d{7,}/],
  ['content-security-policy', /default-src 'none'/],
  ['x-content-type-options', /^nosniff$/],
  ['cache-control', /no-store/],
  ['x-request-id', /./],
];

/** What holds for everybody: the bank is there, is this version, and lets nobody in who does not say who it is. */
export function publicChecks(bank: PublicBank): Check[] {
  const get = (path: string, token?: string) => ask(bank, path, token);
  return [
    {
      name: 'health',
      async run() {
        const response = await get('/health');
        must(response.status === 200, `GET /health answered ${response.status}`);
        const { status } = (await response.json()) as { status?: unknown };
        must(status === 'healthy', `GET /health says ${JSON.stringify(status)}`);
        return 'healthy';
      },
    },
    {
      name: 'security headers',
      async run() {
        const response = await get('/health');
        const wrong = headers.filter(([name, value]) => !value.test(response.headers.get(name) ?? ''));
        must(wrong.length === 0, `not as they must be: ${wrong.map(([name]) => name).join(', ')}`);
        return headers.map(([name]) => name).join(', ');
      },
    },
    {
      name: 'contract',
      async run() {
        const response = await get('/openapi.json');
        must(response.status === 200, `GET /openapi.json answered ${response.status}`);
        return compare(JSON.parse(await response.text()), JSON.parse(bank.description));
      },
    },
    {
      name: 'reference page',
      async run() {
        const response = await get('/docs');
        const type = response.headers.get('content-type') ?? '';
        must(response.status === 200, `GET /docs answered ${response.status}`);
        must(type.startsWith('text/html'), `GET /docs answered ${type}`);
        return 'there';
      },
    },
    ...[undefined, 'eyJhbGciOiJub25lIn0.e30.'].map(token => ({
      name: token === undefined ? 'no token' : 'forged token',
      async run() {
        const { status } = await get('/accounts', token);
        must(status === 401, `GET /accounts answered ${status}, not 401`);
        return '401';
      },
    })),
    {
      name: 'unknown route',
      async run() {
        const { status } = await get('/no-such-route');
        must(status === 404, `GET /no-such-route answered ${status}, not 404`);
        return '404';
      },
    },
  ];
}

/** Sends a request for something to read until it is answered. */
function ask({ url, fetch: send }: PublicBank, path: string, token?: string): Promise<Response> {
  const rules = { attempts: 3, firstWait: 500, longestWait: 10, wait: sleep };
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return sendUntilAnswered(
    async () => {
      const response = await send(`${url}${path}`, { headers: authorization, redirect: 'manual' });
      if (response.status === 503) {
        throw new ApiError(503, response.headers, { code: 'UNAVAILABLE' });
      }
      return response;
    },
    { harmless: true, signal: undefined, rules },
  );
}

type Description = { paths?: Record<string, object> };

function compare(deployed: Description, expected: Description): string {
  const [there, here] = [routesOf(deployed), routesOf(expected)];
  const missing = here.filter(route => !there.includes(route));
  const unknown = there.filter(route => !here.includes(route));
  must(missing.length === 0, `another version is deployed, without ${missing.join(', ')}`);
  must(unknown.length === 0, `another version is deployed, with ${unknown.join(', ')}`);
  must(
    JSON.stringify(deployed) === JSON.stringify(expected),
    'another version is deployed: same routes, other descriptions',
  );
  return `${here.length} routes, as described here`;
}

function routesOf({ paths = {} }: Description): string[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter(method => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(method => `${method.toUpperCase()} ${path}`),
  );
}
