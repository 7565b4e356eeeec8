import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTokenKeys } from '../../../local/http-api/token-keys.ts';
import { goodClaims, issuer, keys, only, send, serve, sign } from './support.ts';

const now = () => Math.floor(Date.now() / 1000);
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function unsigned(alg: string): string {
  const parts = [{ alg, kid: 'key-1' }, goodClaims()].map(part =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.`;
}

function symmetric(): string {
  const secret = JSON.stringify(keys.keys[0]);
  const signed = unsigned('HS256').slice(0, -1);
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = sign(goodClaims()).split('.');
  const claims = Buffer.from(JSON.stringify(goodClaims({ sub: 'another' }))).toString('base64url');
  return `${header}.${claims}.${signature}`;
}

describe('a token that is refused: 401 Unauthorized', () => {
  const refused: [string, string, string][] = [
    ['an expired token', sign(goodClaims({ exp: now() - 1 })), 'the token has expired'],
    ['a token that never expires', sign(goodClaims({ exp: undefined })), 'the token has expired'],
    ['a token of another issuer', sign(goodClaims({ iss: `${issuer}2` })), 'the token has an invalid issuer'],
    ["another client's token", sign(goodClaims({ client_id: 'x' })), 'the token does not have a valid audience'],
    [
      'a token whose aud is wrong though its client_id fits',
      sign(goodClaims({ aud: 'x' })),
      'the token does not have a valid audience',
    ],
    ['a token that is not valid yet', sign(goodClaims({ nbf: now() + 60 })), 'the token is not valid yet'],
    ['a token from the future', sign(goodClaims({ iat: now() + 60 })), 'the token was issued in the future'],
    ['a token signed by another key', sign(goodClaims(), {}, stranger), 'the token signature is invalid'],
    ['a token with claims exchanged', tampered(), 'the token signature is invalid'],
    ['a token with an unknown key id', sign(goodClaims(), { kid: 'key-2' }), 'unknown kid in the token header'],
    ['a token without a key id', sign(goodClaims(), { kid: undefined }), 'the token header is invalid'],
    ['a token with a critical header', sign(goodClaims(), { crit: ['x'] }), 'the token header is invalid'],
    ['a token that names another RSA algorithm', sign(goodClaims(), { alg: 'RS512' }), 'the token header is invalid'],
    ['alg none', `${unsigned('none')}x`, 'signing method none is invalid'],
    ['alg none without a signature', unsigned('none'), 'the token is not a JWT'],
    ['alg HS256 with the public key as its secret', symmetric(), 'signing method HS256 is invalid'],
    [
      "an algorithm named like an object's method",
      sign(goodClaims(), { alg: 'constructor' }),
      'signing method constructor is invalid',
    ],
    ['text that is no token', 'hello', 'the token is not a JWT'],
  ];

  test.each(refused)('%s', async (_what, token, reason) => {
    const api = await serve();
    const answer = await send(api.url, '/guarded', { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer scope="" error="invalid_token" error_description="${reason}"`,
    );
    expect(api.events).toEqual([]);
  });

  test.each([{}, { authorization: '' }, { authorization: 'Bearer ' }])('no token: %o', async headers => {
    const api = await serve();
    const answer = await send(api.url, '/guarded', { headers });
    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test('two Authorization headers are no token', async () => {
    const api = await serve();
    const token = sign(goodClaims());
    const headers = ['Host', 'x', 'Authorization', `Bearer ${token}`, 'Authorization', `Bearer ${token}`];
    expect((await send(api.url, '/guarded', { headers })).status).toBe(401);
  });

  test('any token while the issuer cannot be reached', async () => {
    const api = await serve({
      jwks: async () => {
        throw new Error('down');
      },
    });
    const answer = await send(api.url, '/guarded', { headers: { authorization: sign(goodClaims()) } });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('OIDC discovery endpoint communication error');
  });
});

describe('a token that is let through', () => {
  test('an ID token passes, for the authorizer does not ask what a token is for', async () => {
    const api = await serve();
    const token = sign(goodClaims({ client_id: undefined, aud: ['other', 'app'], token_use: 'id' }));
    expect((await send(api.url, '/guarded', { headers: { authorization: token } })).status).toBe(200);
  });

  test('a token in the query string passes where the authorizer looks there', async () => {
    const authorizers = [{ name: 'tokens', issuer, audience: ['app'], identitySource: ['$request.querystring.token'] }];
    const api = await serve({ authorizers });
    expect((await send(api.url, `/guarded?token=${sign(goodClaims())}`)).status).toBe(200);
    expect((await send(api.url, '/guarded', { headers: { authorization: sign(goodClaims()) } })).status).toBe(401);
  });

  test('every claim reaches the function as a string, an array between brackets', async () => {
    const api = await serve();
    const claims = goodClaims({
      exp: 4_102_444_800,
      'cognito:groups': ['teller', 'ops'],
      email_verified: true,
      address: { city: 'Oslo' },
      nickname: null,
      scope: 'a b',
    });
    await send(api.url, '/guarded', { headers: { authorization: sign(claims) } });
    expect(only(api.events).requestContext).toMatchObject({ authorizer: { jwt: { scopes: null } } });
    expect(only(api.events).requestContext).toHaveProperty('authorizer.jwt.claims', {
      iss: issuer,
      client_id: 'app',
      sub: 'someone',
      exp: '4102444800',
      iat: String(claims.iat),
      'cognito:groups': '[teller ops]',
      email_verified: 'true',
      address: '{"city":"Oslo"}',
      scope: 'a b',
    });
  });

  test('an open route says nothing of an authorizer, token or not', async () => {
    const api = await serve();
    await send(api.url, '/open/a', { headers: { authorization: sign(goodClaims()) } });
    expect(only(api.events).requestContext).not.toHaveProperty('authorizer');
  });
});

describe('scopes', () => {
  const routes = [
    { routeKey: 'GET /guarded', functionName: 'f', authorizer: 'tokens', scopes: ['bank/read', 'bank/write'] },
  ];

  test('one of the route is enough, and the function sees those of the token', async () => {
    const api = await serve({ routes });
    const token = sign(goodClaims({ scope: 'openid bank/write' }));
    expect((await send(api.url, '/guarded', { headers: { authorization: token } })).status).toBe(200);
    expect(only(api.events).requestContext).toHaveProperty('authorizer.jwt.scopes', ['openid', 'bank/write']);
  });

  test('they may stand in scp as a list', async () => {
    const api = await serve({ routes });
    const token = sign(goodClaims({ scp: ['bank/read'] }));
    expect((await send(api.url, '/guarded', { headers: { authorization: token } })).status).toBe(200);
  });

  test.each([{ scope: 'openid bank/rea' }, {}])('none of the route is 403 Forbidden: %o', async extra => {
    const api = await serve({ routes });
    const answer = await send(api.url, '/guarded', { headers: { authorization: sign(goodClaims(extra)) } });
    expect([answer.status, answer.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer scope="bank/read bank/write" error="insufficient_scope" ' +
        'error_description="expected scopes: [bank/read bank/write]"',
    );
  });
});

describe("the issuer's keys", () => {
  test('are asked for once by requests that come at the same time, and not by those that follow', async () => {
    let asked = 0;
    const find = createTokenKeys(async () => {
      asked += 1;
      return keys;
    }, Date.now);
    const found = await Promise.all([find(issuer, 'key-1'), find(issuer, 'key-1')]);
    expect(found.map(key => key?.algorithm)).toEqual(['RS256', 'RS256']);
    expect(await find(issuer, 'key-1')).toBe(found[0]);
    expect(asked).toBe(1);
  });

  test('are asked for again after two hours, as a key may have been withdrawn', async () => {
    let at = 0;
    let published = keys;
    const find = createTokenKeys(
      async () => published,
      () => at,
    );
    await find(issuer, 'key-1');
    published = { keys: [] };
    at += 2 * 60 * 60 * 1000 - 1;
    expect(await find(issuer, 'key-1')).toBeDefined();
    at += 1;
    expect(await find(issuer, 'key-1')).toBeUndefined();
  });

  test('that do not sign with RSA are none', async () => {
    const [key] = keys.keys;
    const find = createTokenKeys(
      async () => ({
        keys: [
          { ...key, kty: 'RSA', use: 'enc' },
          { kty: 'oct', kid: 'key-1' },
        ],
      }),
      Date.now,
    );
    expect(await find(issuer, 'key-1')).toBeUndefined();
  });

  test('are asked for again for an unknown key, but not at every request', async () => {
    let asked = 0;
    let at = Date.now();
    const rotated = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const fresh = { ...rotated.publicKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'key-2' };
    const api = await serve({
      now: () => at,
      jwks: async () => {
        asked += 1;
        return asked === 1 ? keys : { keys: [...keys.keys, fresh] };
      },
    });
    const headers = { authorization: sign(goodClaims(), { kid: 'key-2' }, rotated.privateKey) };
    const first = await send(api.url, '/guarded', { headers });
    const second = await send(api.url, '/guarded', { headers });
    expect([first.status, second.status, asked]).toEqual([401, 401, 1]);
    at += 6_000;
    expect((await send(api.url, '/guarded', { headers })).status).toBe(200);
    expect(asked).toBe(2);
  });
});
