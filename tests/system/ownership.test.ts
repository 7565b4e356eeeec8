import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyMoved } from '../support/footprint.ts';
import { promisesOf } from '../support/promises.ts';
import {
  type ExampleIds,
  exampleRequest,
  guardedRoutes,
  type RouteName,
  routeNamed,
  thingsNamed,
} from '../support/route-examples.ts';
import { seedAlert } from '../support/seed-alert.ts';
import { seedFee } from '../support/seed-fee.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let bob: Person;
let teller: Person;
/** Things of alice's, of bob's, and of nobody's. */
let hers: ExampleIds;
let his: ExampleIds;
const nobodys: ExampleIds = {
  customer: randomUUID(),
  account: randomUUID(),
  payee: randomUUID(),
  transaction: randomUUID(),
  alert: randomUUID(),
  hold: randomUUID(),
  order: randomUUID(),
  audit_log: randomUUID(),
  fee: randomUUID(),
  reconciliation: randomUUID(),
};
/** Texts that stand in bob's rows and nowhere else: none may reach alice. */
let secrets: string[];

beforeAll(async () => {
  bank = await startSystem();
  [alice, bob, teller] = [await bank.person('customer'), await bank.person('customer'), await bank.person('teller')];
  hers = await thingsOf(alice, '100.00', 'for her alone');
  his = await thingsOf(bob, '7391505.57', 'for him alone');
  const { rows } = await bank.database.pool.query(
    `select account_number as secret from bank.accounts where customer_id = $1
     union all select transaction_ref from bank.transactions where to_account_id = any($2) or from_account_id = any($2)
     union all select email from bank.customers where id = $1`,
    [bob.id, [his.account, his.payee]],
  );
  secrets = [...rows.map(row => String(row.secret)), '739150', 'for him alone', his.account, his.payee, bob.id];
});
afterAll(() => bank?.close());

/** Two accounts of a customer, the first holding money, and the transaction that brought it there. */
async function thingsOf(customer: Person, amount: string, description: string): Promise<ExampleIds> {
  const [account, payee] = [await bank.account(customer), await bank.account(customer)];
  const deposit = await bank.call(teller, 'POST', '/deposit', { account_id: account, amount, description });
  const transaction = String(deposit.body.transaction_id);
  const alert = await seedAlert(bank.database.pool, { account, transaction });
  const promises = await promisesOf(bank, customer, payee);
  // No customer and no teller may ask for the audit, so it need not be there.
  const fee = await seedFee(bank.database.pool, account);
  return {
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
}

/** Sends a route's example as somebody and tells whether any of it moved money or told of bob. */
async function tryAs(who: Person, name: RouteName, ids: ExampleIds) {
  const { method, path, body, headers } = exampleRequest(name, ids);
  const before = await moneyMoved(bank.database);
  const reply = await bank.call(who, method, path, body, headers);
  const answer = JSON.stringify(reply.body);
  return {
    status: reply.status,
    code: reply.body.code,
    moved: JSON.stringify(await moneyMoved(bank.database)) !== JSON.stringify(before),
    told: secrets.filter(secret => answer.includes(secret)),
  };
}

const forCustomers = guardedRoutes.filter(name => routeNamed(name).roles.includes('customer'));
const forTellers = guardedRoutes.filter(name => routeNamed(name).roles.includes('teller'));
const forAnalysts = guardedRoutes.filter(name => routeNamed(name).roles.includes('analyst'));

/** The cases of routes that name a thing; one may pay into anybody's account, so a payee need not be one's own. */
function casesOf(routes: RouteName[], things: (keyof ExampleIds)[]) {
  return routes.flatMap(name =>
    thingsNamed(name)
      .filter(thing => things.includes(thing))
      .map(thing => ({ name, thing })),
  );
}

const notFound: Partial<Record<keyof ExampleIds, string>> = {
  account: 'ACCOUNT_NOT_FOUND',
  payee: 'ACCOUNT_NOT_FOUND',
  transaction: 'TRANSACTION_NOT_FOUND',
  customer: 'CUSTOMER_NOT_FOUND',
  alert: 'ALERT_NOT_FOUND',
  hold: 'HOLD_NOT_FOUND',
  order: 'STANDING_ORDER_NOT_FOUND',
  fee: 'FEE_NOT_FOUND',
};
const notYours = {
  account: 'NOT_YOUR_ACCOUNT',
  transaction: 'FORBIDDEN',
  customer: 'FORBIDDEN',
  hold: 'NOT_YOUR_ACCOUNT',
  order: 'NOT_YOUR_ACCOUNT',
};

test.each(casesOf(forCustomers, ['account', 'transaction', 'customer', 'hold', 'order']))(
  "a customer's $name with another customer's $thing: 403, nothing read, nothing moved",
  async ({ name, thing }) => {
    expect(await tryAs(alice, name, { ...hers, [thing]: his[thing] })).toEqual({
      status: 403,
      code: notYours[thing as keyof typeof notYours],
      moved: false,
      told: [],
    });
  },
);

test.each(casesOf(forCustomers, ['account', 'payee', 'transaction', 'hold', 'order']))(
  "a customer's $name with a $thing that is nobody's: 404, nothing moved",
  async ({ name, thing }) => {
    expect(await tryAs(alice, name, { ...hers, [thing]: nobodys[thing] })).toEqual({
      status: 404,
      code: notFound[thing],
      moved: false,
      told: [],
    });
  },
);

test.each(casesOf(forCustomers, ['customer']))(
  "a customer's $name for a customer that is nobody answers as for another's: 403",
  async ({ name }) => {
    const { status, code, moved } = await tryAs(alice, name, { ...hers, customer: nobodys.customer });
    expect([status, code, moved]).toEqual([403, 'FORBIDDEN', false]);
  },
);

test.each(casesOf(forTellers, ['account', 'payee', 'transaction', 'hold', 'order', 'fee']))(
  "staff's $name with a $thing that is nobody's: 404, nothing moved",
  async ({ name, thing }) => {
    const { status, code, moved } = await tryAs(teller, name, { ...hers, [thing]: nobodys[thing] });
    expect([status, code, moved]).toEqual([404, notFound[thing], false]);
  },
);

test.each(casesOf(forAnalysts, ['alert']))(
  "an analyst's $name with an $thing that is nobody's: 404",
  async ({ name }) => {
    const { status, code, moved } = await tryAs(await bank.person('analyst'), name, { ...hers, alert: nobodys.alert });
    expect([status, code, moved]).toEqual([404, 'ALERT_NOT_FOUND', false]);
  },
);

test.each(casesOf(forAnalysts, ['alert']))(
  'a $name by an analyst whose own money it is about changes nothing',
  async ({ name }) => {
    const owner = await bank.person('customer', 'analyst');
    const own = await thingsOf(owner, '5.00', 'their own');
    const { status, code } = await tryAs(owner, name, own);
    expect([status, code]).toEqual(routeNamed(name).method === 'GET' ? [200, undefined] : [403, 'FORBIDDEN']);
    const { rows } = await bank.database.pool.query('select status from bank.fraud_alerts where id = $1', [own.alert]);
    expect(rows).toEqual([{ status: 'OPEN' }]);
  },
);

test('staff open no account for a customer who is not there', async () => {
  const { status, code, moved } = await tryAs(teller, 'openAccount', nobodys);
  expect([status, code, moved]).toEqual([404, 'CUSTOMER_NOT_FOUND', false]);
});

describe('what a customer reads without naming anything', () => {
  test('its accounts are its own alone', async () => {
    const { body } = await bank.call(alice, 'GET', '/accounts?limit=100');
    const { rows } = await bank.database.pool.query('select id from bank.accounts where customer_id = $1', [alice.id]);
    const listed = (body.accounts as { id: string }[]).map(account => account.id);
    expect(listed.toSorted()).toEqual(rows.map(row => row.id).toSorted());
  });

  test('its transactions are those of its own accounts alone', async () => {
    const { body } = await bank.call(alice, 'GET', '/transactions?limit=100');
    const answer = JSON.stringify(body);
    expect(answer).toContain(hers.transaction);
    expect(secrets.filter(secret => answer.includes(secret))).toEqual([]);
  });

  test("a cursor made in another customer's list shows none of that customer's rows", async () => {
    await bank.call(bob, 'POST', '/deposit', { account_id: his.account, amount: '1' });
    const { body } = await bank.call(bob, 'GET', '/transactions?limit=1');
    const page = await bank.call(alice, 'GET', `/transactions?cursor=${body.next_cursor}`);
    const answer = JSON.stringify(page.body);
    expect(page.status).toBe(200);
    expect(secrets.filter(secret => answer.includes(secret))).toEqual([]);
  });
});

test('who pays another customer learns nothing of the account paid but its id', async () => {
  const { body } = await bank.call(alice, 'POST', '/transfer', {
    from_account_id: hers.account,
    to_account_id: his.account,
    amount: '1.00',
  });
  expect(body.status).toBe('COMPLETED');
  const answer = JSON.stringify(body).replaceAll(his.account, '');
  expect(secrets.filter(secret => answer.includes(secret))).toEqual([]);
});

test('a payment that failed is not shown to whom it would have paid', async () => {
  const { body } = await bank.call(alice, 'POST', '/transfer', {
    from_account_id: hers.account,
    to_account_id: his.payee,
    amount: '99999.00',
  });
  expect(body.code).toBe('INSUFFICIENT_FUNDS');
  expect((await bank.call(bob, 'GET', `/transactions/${body.transaction_id}`)).status).toBe(403);
  const list = await bank.call(bob, 'GET', `/transactions?account_id=${his.payee}`);
  expect(JSON.stringify(list.body)).not.toContain(String(body.transaction_id));
});

test("a stranger's attempts leave no transaction in the history of the account that they named", async () => {
  const rows = async () => {
    const { rows: found } = await bank.database.pool.query(
      'select id from bank.transactions where from_account_id = $1 order by id',
      [his.account],
    );
    return found;
  };
  const before = await rows();
  await tryAs(alice, 'postTransfer', { ...hers, account: his.account, payee: hers.account });
  await tryAs(alice, 'postWithdrawal', { ...hers, account: his.account });
  expect(await rows()).toEqual(before);
});

test("an idempotency key is its caller's own: another customer with the same key and body is answered anew", async () => {
  const key = { 'idempotency-key': randomUUID() };
  const request = { from_account_id: his.account, to_account_id: his.payee, amount: '2.00' };
  expect((await bank.call(bob, 'POST', '/transfer', request, key)).status).toBe(200);
  const { status, headers, body } = await bank.call(alice, 'POST', '/transfer', request, key);
  expect([status, body.code, headers.get('idempotent-replayed')]).toEqual([403, 'NOT_YOUR_ACCOUNT', null]);
  expect(body.transaction_id).toBeUndefined();
});

test('a member of staff who is a customer too is a customer where only customers may act', async () => {
  const both = await bank.person('customer', 'analyst');
  const request = { from_account_id: his.account, to_account_id: hers.account, amount: '1.00' };
  expect(await bank.call(both, 'POST', '/transfer', request)).toMatchObject({
    status: 403,
    body: { code: 'NOT_YOUR_ACCOUNT' },
  });
  expect((await bank.call(both, 'GET', `/accounts/${his.account}`)).status).toBe(200);
});

test.each(['FROZEN', 'CLOSED'])('a token that lives on moves no money of an account that is %s', async status => {
  const [account, other] = [await bank.account(alice, '50'), await bank.account(alice, '50')];
  await bank.database.pool.query('update bank.accounts set status = $1 where id = $2', [status, account]);
  const before = await bank.database.pool.query('select count(*) from bank.postings');
  const attempts = [
    ['/transfer', { from_account_id: account, to_account_id: other, amount: '1' }],
    ['/transfer', { from_account_id: other, to_account_id: account, amount: '1' }],
    ['/withdrawal', { account_id: account, amount: '1' }],
    ['/deposit', { account_id: account, amount: '1' }],
  ] as const;
  for (const [path, body] of attempts) {
    expect(await bank.call(alice, 'POST', path, body)).toMatchObject({
      status: 403,
      body: { code: 'ACCOUNT_NOT_ACTIVE' },
    });
  }
  expect((await bank.database.pool.query('select count(*) from bank.postings')).rows).toEqual(before.rows);
  expect([await bank.balance(account), await bank.balance(other)]).toEqual(['50.00', '50.00']);
});

test('whoever is asked for by the id of an internal account of the bank is told that there is none', async () => {
  const { rows } = await bank.database.pool.query('select id from bank.internal_accounts limit 1');
  const internal = String(rows[0].id);
  for (const who of [alice, teller]) {
    expect((await bank.call(who, 'GET', `/accounts/${internal}`)).status).toBe(404);
    const request = { from_account_id: internal, to_account_id: hers.account, amount: '1' };
    expect((await bank.call(who, 'POST', '/transfer', request)).status).toBe(404);
  }
});
