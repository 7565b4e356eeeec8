import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  badAmounts,
  badBodies,
  badDescriptions,
  badIds,
  bodyWith,
  goodDescriptions,
  notUtf8,
  strangeFields,
} from '../support/hostile-input.ts';
import { internalsIn } from '../support/internals.ts';
import { fieldsOf, refusing } from '../support/refused.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
  [from, to] = [await bank.account(alice, '1000000.00'), await bank.account(alice, '5')];
});
afterAll(() => bank?.close());

const json = { 'content-type': 'application/json' };

const refused = refusing(
  () => bank,
  () => alice,
);

/** The money routes, each with a body that it takes. */
const moneyRoutes: { path: string; members: () => Record<string, string> }[] = [
  { path: '/transfer', members: () => ({ from_account_id: from, to_account_id: to, amount: '1.00' }) },
  { path: '/deposit', members: () => ({ account_id: from, amount: '1.00' }) },
  { path: '/withdrawal', members: () => ({ account_id: from, amount: '1.00' }) },
];

describe.each(moneyRoutes)('POST $path', ({ path, members }) => {
  test('an amount that is no exact, positive decimal is refused by the name of its field', async () => {
    for (const amount of badAmounts) {
      const reply = await refused('POST', path, bodyWith(members(), 'amount', amount));
      expect([amount.slice(0, 40), reply.status, fieldsOf(reply)]).toEqual([amount.slice(0, 40), 400, ['amount']]);
    }
  });

  test('an id that is no UUID is refused by the name of its field', async () => {
    for (const field of Object.keys(members()).filter(name => name.endsWith('account_id'))) {
      for (const id of badIds(from)) {
        const reply = await refused('POST', path, bodyWith(members(), field, id));
        expect([id, reply.status, fieldsOf(reply)]).toEqual([id, 400, [field]]);
      }
    }
  });

  test('a description that PostgreSQL could not keep, or nobody could read, is refused by its name', async () => {
    for (const description of badDescriptions) {
      const reply = await refused('POST', path, bodyWith(members(), 'description', description));
      const shown = description.slice(0, 40);
      expect([shown, reply.status, fieldsOf(reply)]).toEqual([shown, 400, ['description']]);
    }
  });

  test('a field that the route does not have is refused by its name, and changes nothing', async () => {
    for (const field of strangeFields) {
      const reply = await refused('POST', path, bodyWith(members(), field, '"1"'));
      expect([field, reply.status, fieldsOf(reply)]).toEqual([field, 400, [field]]);
    }
  });

  test('a member may not come by way of __proto__', async () => {
    const { amount: _, ...rest } = members();
    const reply = await refused('POST', path, bodyWith(rest, '__proto__', '{"amount":"1.00"}'));
    expect(reply.status).toBe(400);
    expect(fieldsOf(reply)).toContain('amount');
  });

  test('a body that leaves fields out is refused by the name of each', async () => {
    for (const body of ['{}', '']) {
      const reply = await refused('POST', path, body, json);
      expect([reply.status, fieldsOf(reply).toSorted()]).toEqual([400, Object.keys(members()).toSorted()]);
    }
  });

  test('a body that is not one JSON object is refused', async () => {
    for (const body of badBodies(members())) {
      const { status, body: problem } = await refused('POST', path, body);
      expect([body.slice(0, 200), status, problem.code]).toEqual([body.slice(0, 200), 400, 'INVALID_REQUEST']);
    }
  });

  test('a key that is given twice is refused, with another value or the same', async () => {
    for (const amount of ['"2.00"', '"1.00"', '1.00']) {
      const twice = `${JSON.stringify(members()).slice(0, -1)},"amount":${amount}}`;
      const { status, body } = await refused('POST', path, twice);
      expect([amount, status, body.code]).toEqual([amount, 400, 'INVALID_REQUEST']);
      expect(body.detail).toContain('given twice');
    }
  });

  test('a body that is not UTF-8 is refused', async () => {
    for (const body of notUtf8(members())) {
      expect((await refused('POST', path, body, json)).status).toBe(400);
    }
  });

  test('a body larger than the bank takes is refused with 413, by the function or by the gateway', async () => {
    const answers: Record<string, number> = {};
    for (const megabytes of [0.07, 1, 5, 7, 10, 11]) {
      const body = bodyWith(members(), 'description', JSON.stringify('x'.repeat(megabytes * 1024 * 1024)));
      answers[`${megabytes} MB`] = (await refused('POST', path, body)).status;
    }
    expect(answers).toEqual({ '0.07 MB': 413, '1 MB': 413, '5 MB': 413, '7 MB': 413, '10 MB': 413, '11 MB': 413 });
  });

  test('a body that does not call itself JSON is refused with 415', async () => {
    const body = JSON.stringify(members());
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'text/json',
      'application/jsonp',
      'null',
      ';',
    ]) {
      const reply = await refused('POST', path, body, { 'content-type': type });
      expect([type, reply.status, reply.body.code]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
  });

  test('an Idempotency-Key that is no key is refused by its name', async () => {
    for (const key of ['x'.repeat(256), 'x'.repeat(300), 'two words', 'clé', '']) {
      const reply = await refused('POST', path, members(), { 'idempotency-key': key });
      expect([key, reply.status, fieldsOf(reply)]).toEqual([key, 400, ['Idempotency-Key']]);
    }
  });

  test('a query parameter is refused where none is taken', async () => {
    const reply = await refused('POST', `${path}?amount=1&from_account_id=${from}`, members());
    expect([reply.status, fieldsOf(reply).toSorted()]).toEqual([400, ['amount', 'from_account_id']]);
  });
});

describe('what people write is kept as it is', () => {
  test('a description, whatever it reads like', async () => {
    for (const description of goodDescriptions) {
      const request = { from_account_id: from, to_account_id: to, amount: '0.01', description };
      const { status, body } = await bank.call(alice, 'POST', '/transfer', request);
      expect([status, body.description]).toEqual([200, description]);
      const { body: read } = await bank.call(alice, 'GET', `/transactions/${body.transaction_id}`);
      expect(read.description).toBe(description);
    }
  });

  test('a body may say its charset, spell its ids in capitals and space its JSON out', async () => {
    const request = { from_account_id: from.toUpperCase(), to_account_id: to.toUpperCase(), amount: '0.01' };
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8' };
    const { status, body } = await bank.call(alice, 'POST', '/transfer', JSON.stringify(request, null, '\t'), headers);
    expect([status, body.from_account_id]).toEqual([200, from]);
  });

  test('a byte-order mark before the body is passed over, as RFC 8259 lets a reader do', async () => {
    const request = JSON.stringify({ from_account_id: from, to_account_id: to, amount: '0.01' });
    expect((await bank.call(alice, 'POST', '/transfer', `\ufeff${request}`)).status).toBe(200);
  });
});

test('an account is not transferred to itself, however its id is spelled', async () => {
  const request = { from_account_id: from, to_account_id: from.toUpperCase(), amount: '1.00' };
  const reply = await refused('POST', '/transfer', request);
  expect([reply.status, fieldsOf(reply)]).toEqual([400, ['to_account_id']]);
});

test('opening an account refuses fields that the bank alone decides, by their names', async () => {
  for (const field of ['balance', 'status', 'version', 'account_number', 'id', 'owner', 'available_balance']) {
    const reply = await refused('POST', '/accounts', { account_type: 'SAVINGS', [field]: '1' });
    expect([field, reply.status, fieldsOf(reply)]).toEqual([field, 400, [field]]);
  }
  for (const terms of [{ account_type: 'GOLD' }, { account_type: 'SAVINGS', currency: 'usd' }, { account_type: 1 }]) {
    expect((await refused('POST', '/accounts', terms)).status).toBe(400);
  }
});

test('an ISO currency that does not exist is refused by its name', async () => {
  const reply = await refused('POST', '/accounts', { account_type: 'SAVINGS', currency: 'ZZZ' });
  expect([reply.status, fieldsOf(reply)]).toEqual([400, ['currency']]);
});

describe('any JSON value whatever as the body of POST /transfer', () => {
  const anything = () =>
    fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          from_account_id: fc.oneof(fc.constantFrom(from, to), fc.jsonValue()),
          to_account_id: fc.oneof(fc.constantFrom(from, to, randomUUID()), fc.jsonValue()),
          amount: fc.oneof(fc.constantFrom('0.01', 0.01, '1e15', '999999999999999'), fc.jsonValue()),
          description: fc.oneof(fc.string({ unit: 'binary', maxLength: 250 }), fc.jsonValue()),
        },
        { requiredKeys: [] },
      ),
    );

  // A run that fails names its seed and its smallest example.
  test('is answered, never by a defect of the bank', async () => {
    await fc.assert(
      fc.asyncProperty(anything(), async value => {
        const { status, body } = await bank.call(alice, 'POST', '/transfer', JSON.stringify(value));
        expect(status).toBeLessThan(500);
        expect(internalsIn(JSON.stringify({ ...body, description: '' }))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});
