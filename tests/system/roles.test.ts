import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../lambdas/domain/caller.ts';
import { footprint } from '../support/footprint.ts';
import { promisesOf } from '../support/promises.ts';
import { reconciledBank } from '../support/reconciled-bank.ts';
import {
  type ExampleIds,
  exampleRequest,
  guardedRoutes,
  type RouteName,
  routeNamed,
  thingsNamed,
} from '../support/route-examples.ts';
import { sealedAuditLog } from '../support/sealed-audit-log.ts';
import { seedAlert } from '../support/seed-alert.ts';
import { seedFee } from '../support/seed-fee.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';
import { forgerOf } from '../support/tokens.ts';

/** Every role, and a user who is in no group at all. */
const everybody = [...roles, 'nobody'] as const;

let bank: TestSystem;
let people: Record<(typeof everybody)[number], Person>;
let auditLog: string;
let reconciliation: string;
/** Things of the customer's that nobody uses up: what all those ask about who are refused. */
let untouched: ExampleIds;
beforeAll(async () => {
  bank = await startSystem();
  const [customer, teller, analyst, auditor, compliance, admin, nobody] = await Promise.all([
    bank.person('customer'),
    bank.person('teller'),
    bank.person('analyst'),
    bank.person('auditor'),
    bank.person('compliance'),
    bank.person('admin'),
    bank.person(),
  ]);
  people = { customer, teller, analyst, auditor, compliance, admin, nobody };
  auditLog = await sealedAuditLog(bank);
  reconciliation = await reconciledBank(bank);
  untouched = await thingsOf(people.customer);
});
afterAll(() => bank?.close());

/** Things of a customer's that no other call has used up: those that a route names, or all that there are. */
async function thingsOf(customer: Person, name?: RouteName): Promise<ExampleIds> {
  const named = (...things: (keyof ExampleIds)[]) => !name || thingsNamed(name).some(thing => things.includes(thing));
  const [account, payee] = [await bank.account(customer, '100'), await bank.account(customer)];
  const paidIn = { account_id: account, amount: '5' };
  const deposit = named('transaction', 'alert') && (await bank.call(people.teller, 'POST', '/deposit', paidIn));
  const transaction = deposit ? String(deposit.body.transaction_id) : '';
  const alert = named('alert') ? await seedAlert(bank.database.pool, { account, transaction }) : '';
  const promises = named('hold', 'order') ? await promisesOf(bank, customer, payee) : { hold: '', order: '' };
  const fee = named('fee') ? await seedFee(bank.database.pool, account) : '';
  return {
    customer: customer.id,
    account,
    payee,
    transaction,
    alert,
    audit_log: auditLog,
    reconciliation,
    fee,
    ...promises,
  };
}

/** What has to be so before a route's example succeeds. */
const before: Partial<Record<RouteName, (things: ExampleIds) => Promise<unknown>>> = {
  unfreezeAccount: things =>
    bank.call(people.admin, 'POST', `/accounts/${things.account}/freeze`, { reason: 'a test' }),
  unfreezeCustomer: things =>
    bank.call(people.admin, 'POST', `/customers/${things.customer}/freeze`, { reason: 'a test' }),
};

/** A customer that a route's example is about: one of its own for each call, as much as one may do only once. */
async function customerFor(name: RouteName): Promise<Person> {
  if (name !== 'registerCustomer' && name !== 'revealSsn') {
    return bank.person('customer');
  }
  const person = await bank.user('customer');
  if (name === 'revealSsn') {
    // A number that KMS has encrypted, which customers who were seeded lack.
    const { method, path, body } = exampleRequest('registerCustomer', await thingsOf(people.customer, name));
    await bank.call(person, method, path, body);
  }
  return person;
}

/** Calls a route about things of a customer that are fresh: of the caller's own if it is one. */
async function callAs(who: Person, name: RouteName) {
  const ofCustomers = /^\/(customers|users)/.test(routeNamed(name).path);
  const owner = who === people.customer || ofCustomers ? await customerFor(name) : people.customer;
  const caller = who === people.customer ? owner : who;
  const things = ofCustomers
    ? { ...(await thingsOf(people.customer, name)), customer: owner.id }
    : await thingsOf(owner, name);
  await before[name]?.(things);
  const { method, path, body, headers } = exampleRequest(name, things);
  return bank.call(caller, method, path, body, headers);
}

/** Calls a route about what is there, and says whether anything was written. */
async function tryAs(who: Person, name: RouteName) {
  const { method, path, body, headers } = exampleRequest(name, untouched);
  const written = await footprint(bank.database);
  const reply = await bank.call(who, method, path, body, headers);
  return { ...reply, wrote: JSON.stringify(await footprint(bank.database)) !== JSON.stringify(written) };
}

function mayCall(role: string, name: RouteName): boolean {
  const { roles: allowed } = routeNamed(name);
  return allowed !== 'public' && allowed.includes(role as Role);
}

const cases = guardedRoutes.flatMap(name =>
  everybody.map(role => ({ name, role, verdict: mayCall(role, name) ? 'may' : 'may not' })),
);

describe('the contract says who may call what', () => {
  test.each(cases.filter(({ verdict }) => verdict === 'may'))('$role $verdict call $name', async ({ name, role }) => {
    const { status, body } = await callAs(people[role], name);
    expect([status, body.code]).toEqual([routeNamed(name).status, undefined]);
  });

  test.each(cases.filter(({ verdict }) => verdict === 'may not'))(
    '$role $verdict call $name: 403, and nothing is written',
    async ({ name, role }) => {
      const { status, body, wrote } = await tryAs(people[role], name);
      expect([status, body.code, wrote]).toEqual([403, 'FORBIDDEN', false]);
    },
  );
});

test('who is refused by role learns nothing of what is wrong with the request', async () => {
  const { status, body } = await bank.call(people.nobody, 'POST', '/transfer', { nonsense: true });
  expect([status, body.code, body.errors]).toEqual([403, 'FORBIDDEN', undefined]);
});

test.each(['superuser', 'Teller', 'tellers', 'not-a-teller', 'former,teller', '[teller]'])(
  'the group "%s" is none of the bank\'s roles',
  async group => {
    const forger = await forgerOf(bank, people.nobody);
    const token = await forger.sign({ 'cognito:groups': [group] });
    const { status, body } = await bank.call(token, 'GET', `/accounts?customer_id=${people.customer.id}`);
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  },
);

test('a role counts only from the groups claim', async () => {
  const forger = await forgerOf(bank, people.nobody);
  const token = await forger.sign({
    groups: ['admin'],
    'custom:role': 'admin',
    scope: 'admin teller',
    roles: ['admin'],
  });
  expect((await bank.call(token, 'GET', '/accounts')).status).toBe(403);
});

test('somebody with two roles may do what either may', async () => {
  const both = await bank.person('auditor', 'teller');
  expect((await callAs(both, 'reverseTransaction')).status).toBe(200);
  expect((await callAs(both, 'getAccount')).status).toBe(200);
});
