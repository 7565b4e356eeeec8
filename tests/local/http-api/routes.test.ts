import { describe, expect, test } from 'vitest';
import { compileRoutes } from '../../../local/http-api/route-table.ts';
import { send, serve } from './support.ts';

function finder(...routeKeys: string[]) {
  const find = compileRoutes(routeKeys.map(routeKey => ({ routeKey, functionName: routeKey })));
  return (method: string, path: string) => find(method, path)?.route.routeKey;
}

describe('which route takes a request', () => {
  test('a literal path beats a variable, a variable beats a greedy one, and $default takes the rest', () => {
    const find = finder('$default', 'GET /pets/{proxy+}', 'GET /pets/{id}', 'GET /pets/mine');
    expect(find('GET', '/pets/mine')).toBe('GET /pets/mine');
    expect(find('GET', '/pets/6')).toBe('GET /pets/{id}');
    expect(find('GET', '/pets/6/toys')).toBe('GET /pets/{proxy+}');
    expect(find('GET', '/owners')).toBe('$default');
  });

  test('a full match beats a greedy one that has more literals', () => {
    const find = finder('GET /pets/dog/{proxy+}', 'GET /pets/{kind}/1');
    expect(find('GET', '/pets/dog/1')).toBe('GET /pets/{kind}/1');
  });

  test('a method beats ANY on the same path, and ANY takes the other methods', () => {
    const find = finder('ANY /pets', 'GET /pets');
    expect(find('GET', '/pets')).toBe('GET /pets');
    expect(find('DELETE', '/pets')).toBe('ANY /pets');
  });

  test('a path that only other methods have falls through to a route that takes this one', () => {
    const find = finder('POST /pets/mine', 'GET /pets/{id}');
    expect(find('GET', '/pets/mine')).toBe('GET /pets/{id}');
  });

  test('a trailing slash or an empty segment is another path', () => {
    const find = finder('GET /pets', 'GET /pets/{id}', 'GET /pets/{id}/toys');
    expect(find('GET', '/pets/')).toBeUndefined();
    expect(find('GET', '/pets//toys')).toBeUndefined();
  });

  test('a greedy variable wants at least one segment', () => {
    const find = finder('GET /{proxy+}', 'GET /');
    expect(find('GET', '/')).toBe('GET /');
    expect(find('GET', '/a/b/c')).toBe('GET /{proxy+}');
  });

  test('a greedy variable that is not last is refused', () => {
    expect(() => finder('GET /{proxy+}/end')).toThrow('must come last');
  });

  test('a route key without a method is refused', () => {
    expect(() => finder('/pets')).toThrow('not a route key');
  });
});

describe('over HTTP', () => {
  test('a request that no route takes is 404 Not Found', async () => {
    const api = await serve();
    const answer = await send(api.url, '/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('{"message":"Not Found"}');
    expect(answer.headers['apigw-requestid']).toMatch(/^.{15}=$/);
    expect(api.events).toEqual([]);
  });

  test('a named stage leads every path, and a path without it is not found', async () => {
    const api = await serve({ stage: 'dev' });
    expect((await send(api.url, '/dev/open/a')).status).toBe(200);
    expect((await send(api.url, '/open/a')).status).toBe(404);
    expect(api.events.map(event => event.rawPath)).toEqual(['/dev/open/a']);
  });

  test('a route that names an unknown authorizer keeps the API from starting', async () => {
    const routes = [{ routeKey: 'GET /a', functionName: 'a', authorizer: 'nobody' }];
    await expect(serve({ routes })).rejects.toThrow('nobody');
  });

  test('a taken port is told by its error code', async () => {
    const api = await serve();
    await expect(serve({ port: api.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('closing ends connections that a client keeps open', async () => {
    const { promise: invoked, resolve } = Promise.withResolvers<void>();
    const api = await serve({
      invoke: () => {
        resolve();
        return new Promise(() => {});
      },
    });
    const hanging = send(api.url, '/open/a');
    await Promise.race([invoked, hanging]);
    await Promise.all([expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' }), api.close()]);
  });
});
