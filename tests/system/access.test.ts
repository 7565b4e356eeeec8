import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { footprint } from '../support/footprint.ts';
import { promisesOf } from '../support/promises.ts';
import { type ExampleIds, exampleRequest, guardedRoutes, routeNamed, routeNames } from '../support/route-examples.ts';
import { seedAlert } from '../support/seed-alert.ts';
import { seedFee } from '../support/seed-fee.ts';
import { type Person, type Reply, startSystem, type TestSystem } from '../support/system.ts';
import { type Forger, forgerOf, otherTokens, unsignedToken } from '../support/tokens.ts';

let bank: TestSystem;
let teller: Person;
let forger: Forger;
let ids: ExampleIds;
beforeAll(async () => {
  bank = await startSystem();
  teller = await bank.person('teller');
  forger = await forgerOf(bank, teller);
  const customer = await bank.person('customer');
  const [account, payee] = [await bank.account(customer, '100'), await bank.account(customer)];
  const deposit = await bank.call(teller, 'POST', '/deposit', { account_id: account, amount: '5' });
  const transaction = String(deposit.body.transaction_id);
  const alert = await seedAlert(bank.database.pool, { account, transaction });
  const promises = await promisesOf(bank, customer, payee);
  const fee = await seedFee(bank.database.pool, account);
  ids = {
    customer: customer.id,
    account,
    payee,
    transaction,
    alert,
    audit_log: randomUUID(),
    reconciliation: randomUUID(),
    fee,
    ...promises,
  };
});
afterAll(() => bank?.close());

const hour = 3600;
const now = Math.floor(Date.now() / 1000);
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Tokens that must not get in, by what is wrong with them. Each is a good teller's token but for that. */
const badTokens: Record<string, () => Promise<string | undefined> | string | undefined> = {
  'a request without a token': () => undefined,
  'a token that is not a JWT': () => 'garbage',
  'a JWT with one part too few': () => teller.token.split('.').slice(0, 2).join('.'),
  'an expired token': () => forger.sign({ iat: now - 2 * hour, exp: now - hour }),
  'a token without an expiry': () => forger.sign({ exp: undefined }),
  'a token that is not valid yet': () => forger.sign({ nbf: now + hour }),
  'a token of another issuer': () =>
    forger.sign({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_another' }),
  'a token for another client': () => forger.sign({ client_id: 'another-client' }),
  'an ID token': async () => (await otherTokens(bank, teller)).id,
  'an ID token that calls itself another kind': () => forger.sign({ token_use: 'refresh' }),
  'a refresh token': async () => (await otherTokens(bank, teller)).refresh,
  'a token of the algorithm "none"': () => unsignedToken({ ...forger.header, alg: 'none' }, forger.claims),
  'a token of the algorithm "none" that keeps the signature': () =>
    unsignedToken({ ...forger.header, alg: 'none' }, forger.claims, teller.token.split('.')[2]),
  'a token without its signature': () => `${teller.token.split('.').slice(0, 2).join('.')}.`,
  'a token signed by HS256 with the public key as the secret': () =>
    forger.sign(
      {},
      { alg: 'HS256' },
      Buffer.from(createPublicKey(forger.key).export({ type: 'spki', format: 'pem' }).toString()),
    ),
  'a token signed by another key under the right key id': () => forger.sign({}, {}, stranger.privateKey),
  'a token that names a key nobody has': () => forger.sign({}, { kid: 'nobody' }, stranger.privateKey),
  'a token that brings its own key': async () =>
    forger.sign({}, { jwk: await exportJWK(stranger.publicKey) }, stranger.privateKey),
  'a token whose payload was changed': () => {
    const [header, , signature] = teller.token.split('.');
    const claims = { ...forger.claims, 'cognito:groups': ['admin'] };
    return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  },
};

/** Calls every route that needs a token. @returns how each answered. */
async function answersTo(token: string | undefined): Promise<Record<string, Reply>> {
  const answers: Record<string, Reply> = {};
  for (const name of guardedRoutes) {
    const { method, path, body, headers } = exampleRequest(name, ids);
    answers[name] = await bank.call(token, method, path, body, headers);
  }
  return answers;
}

function statuses(answers: Record<string, Reply>): Record<string, number> {
  return Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
}

describe('on every route', () => {
  test.each(Object.entries(badTokens))('%s is refused with 401, and nothing is written', async (_, make) => {
    const token = await make();
    const before = await footprint(bank.database);
    const answers = await answersTo(token);
    expect(statuses(answers)).toEqual(Object.fromEntries(guardedRoutes.map(name => [name, 401])));
    for (const { headers, body } of Object.values(answers)) {
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(Object.keys(body)).not.toContain('id');
    }
    expect(await footprint(bank.database)).toEqual(before);
  });

  test('a token made as the forged ones are, with nothing wrong, is let in', async () => {
    const answers = await answersTo(await forger.sign());
    expect(Object.values(statuses(answers))).not.toContain(401);
    expect(statuses(answers)).toMatchObject({ listAccounts: 200, getAccount: 200, getTransaction: 200 });
  });

  test('a token under another scheme than Bearer, or in the query, counts for nothing', async () => {
    const before = await footprint(bank.database);
    for (const name of guardedRoutes) {
      const { method, path, body } = exampleRequest(name, ids);
      const basic = await bank.call(undefined, method, path, body, { authorization: `Basic ${teller.token}` });
      const mark = path.includes('?') ? '&' : '?';
      const query = await bank.call(undefined, method, `${path}${mark}access_token=${teller.token}`, body);
      expect([name, basic.status, query.status]).toEqual([name, 401, 401]);
    }
    expect(await footprint(bank.database)).toEqual(before);
  });

  test('no other method and no other spelling of the path leads around the token', async () => {
    const before = await footprint(bank.database);
    for (const name of guardedRoutes) {
      const { method, path, body } = exampleRequest(name, ids);
      const bare = path.split('?')[0] ?? '';
      const taken = routeNames.filter(other => exampleRequest(other, ids).path.split('?')[0] === bare);
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].filter(
        other => !taken.some(route => routeNamed(route).method === other),
      );
      for (const other of methods) {
        const sent = other === 'GET' || other === 'HEAD' ? undefined : body;
        expect([other, path, (await bank.call(undefined, other, path, sent)).status]).toEqual([other, path, 404]);
      }
      for (const spelling of [
        bare.toUpperCase(),
        `/${bare}`,
        `${bare}/`,
        `/x/..;${bare}`,
        `/health/..%2f${bare.slice(1)}`,
      ]) {
        const { status } = await bank.call(undefined, method, spelling, body);
        expect([401, 404]).toContain(status);
      }
    }
    expect(await footprint(bank.database)).toEqual(before);
  });
});

test('a public route asks for no token and minds no bad one', async () => {
  for (const name of routeNames.filter(route => !guardedRoutes.includes(route))) {
    const { method, path } = exampleRequest(name, ids);
    for (const token of [undefined, 'garbage', await forger.sign({ exp: now - hour })]) {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      expect((await fetch(`${bank.cloud.apiUrl}${path}`, { method, headers })).status).toBe(200);
    }
  }
});

test("a token's header cannot write into the answer's headers", async () => {
  const token = unsignedToken({ ...forger.header, alg: 'x"\r\nset-cookie: a=b' }, forger.claims, 'AAAA');
  const { status, headers } = await bank.call(token, 'GET', '/accounts');
  expect([status, headers.get('set-cookie')]).toEqual([401, null]);
  expect(headers.get('www-authenticate')).not.toContain('x"');
});
