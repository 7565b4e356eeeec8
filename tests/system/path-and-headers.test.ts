import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { badCursors, badLimits } from '../support/hostile-input.ts';
import { fieldsOf, refusing } from '../support/refused.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
  [from, to] = [await bank.account(alice, '100.00'), await bank.account(alice)];
});
afterAll(() => bank?.close());

const refused = refusing(
  () => bank,
  () => alice,
);

describe('in the path and the query', () => {
  test('an id that is no UUID is refused by its name', async () => {
    for (const id of ["' or 1=1 --", 'not-a-uuid', '%', 'ﬀ', '\u0000', '\r\nset-cookie: a=b', `${randomUUID()}x`]) {
      const place = encodeURIComponent(id);
      for (const path of [`/accounts/${place}`, `/accounts/${place}/balance`, `/transactions/${place}`]) {
        const reply = await refused('GET', path);
        expect([path, reply.status, fieldsOf(reply)]).toEqual([path, 400, ['id']]);
        expect(reply.headers.get('set-cookie')).toBeNull();
      }
    }
    const reply = await refused('GET', `/transactions?account_id=${encodeURIComponent("' or 1=1 --")}`);
    expect([reply.status, fieldsOf(reply)]).toEqual([400, ['account_id']]);
  });

  test('a parameter that the route does not have is refused by its name', async () => {
    for (const path of ['/accounts', '/transactions', `/accounts/${from}`, `/accounts/${from}/balance`]) {
      const reply = await refused('GET', `${path}?offset=1&__proto__=2`);
      expect([path, reply.status, fieldsOf(reply).toSorted()]).toEqual([path, 400, ['__proto__', 'offset']]);
    }
  });

  test('a limit that is no whole number from 1 is refused by its name', async () => {
    for (const limit of badLimits) {
      for (const path of ['/accounts', '/transactions']) {
        const reply = await refused('GET', `${path}?limit=${limit}`);
        expect([limit, path, reply.status, fieldsOf(reply)]).toEqual([limit, path, 400, ['limit']]);
      }
    }
  });

  test.each(['101', '1000000000', '9'.repeat(30)])('a limit of %s is taken as 100', async limit => {
    const account = await bank.account(alice);
    await bank.database.pool.query(
      `select bank.post_deposit(id, $1, 1, null, id::text, jsonb_build_object('id', $2::text))
         from (select bank.uuid_v7() as id from generate_series(1, 103)) ids`,
      [account, alice.id],
    );
    const { status, body } = await bank.call(alice, 'GET', `/transactions?account_id=${account}&limit=${limit}`);
    expect([status, (body.transactions as unknown[])?.length]).toEqual([200, 100]);
  });

  test('a cursor that no list answered is refused by its name', async () => {
    const taken: unknown[] = [];
    for (const cursor of badCursors(from)) {
      for (const path of ['/accounts', '/transactions']) {
        const reply = await refused('GET', `${path}?cursor=${cursor}`);
        if (reply.status !== 400 || fieldsOf(reply)[0] !== 'cursor') {
          taken.push({ path, status: reply.status, cursor: Buffer.from(cursor, 'base64url').toString() });
        }
      }
    }
    expect(taken).toEqual([]);
  });

  test("another list's cursor is refused by its name", async () => {
    const { body } = await bank.call(alice, 'GET', '/accounts?limit=1');
    expect(body.next_cursor).toEqual(expect.any(String));
    const reply = await refused('GET', `/transactions?cursor=${body.next_cursor}`);
    expect([reply.status, fieldsOf(reply)]).toEqual([400, ['cursor']]);
  });
});

describe('headers', () => {
  test('the address that is kept with a transaction is the one that the gateway saw, whatever a client claims', async () => {
    const claims = {
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-amzn-source-ip': '203.0.113.9',
      'user-agent': "curl' or 1=1 -- <b>",
    };
    const request = { from_account_id: from, to_account_id: to, amount: '0.01' };
    const { body } = await bank.call(alice, 'POST', '/transfer', request, claims);
    const { rows } = await bank.database.pool.query('select metadata from bank.transactions where id = $1', [
      body.transaction_id,
    ]);
    expect(rows[0].metadata).toMatchObject({ ip: '127.0.0.1', user_agent: "curl' or 1=1 -- <b>" });
  });

  test('nothing that a client sends in its headers or its path comes back in a header', async () => {
    const mark = 'canary-4711';
    const replies = [
      await bank.call(alice, 'GET', `/accounts/${mark}%0d%0aset-cookie:%20a=${mark}`),
      await bank.call(alice, 'GET', `/accounts?cursor=${mark}%0d%0aset-cookie:%20a=b`),
      await bank.call(alice, 'GET', '/accounts', undefined, {
        'x-request-id': mark,
        'x-amzn-trace-id': mark,
        origin: mark,
      }),
      await bank.call(alice, 'POST', '/transfer', {}, { 'idempotency-key': mark }),
      await bank.call(`${mark}.${mark}.${mark}`, 'GET', '/accounts'),
    ];
    for (const { headers } of replies) {
      expect(JSON.stringify([...headers])).not.toContain(mark);
      expect(headers.get('set-cookie')).toBeNull();
    }
  });
});
