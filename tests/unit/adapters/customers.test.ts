import { describe, expect, test } from 'vitest';
import { type Customers, createCustomers } from '../../../lambdas/adapters/customers.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { customerWith } from '../support/records.ts';

/** Asks for something where the database answers so, and answers the one query that was sent. */
async function ask<Outcome>(work: (customers: Customers) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createCustomers(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

const { id: _, ...person } = customerWith();
const details = {
  first_name: person.first_name,
  last_name: person.last_name,
  email: person.email,
  phone: '+12025550123',
  date_of_birth: '1990-02-28',
  address: { line1: '1 Test Street' },
};
const ssn = { ciphertext: 'sealed', last4: '1120', indexes: [{ key_version: 1, mac: 'mac' }] };
const act = { customer_id: customerId, reason: 'because', caller: customer };
const found = { customer: customerWith() };

describe('registering', () => {
  const register = (key: string | undefined, reply: unknown = found) =>
    ask(customers => customers.registerCustomer({ details, ssn, key, caller: customer }), reply);

  test('is one call of its SQL function, with the person and the sealed number apart', async () => {
    const { query, outcome } = await register('key-1');
    expect(functionOf(query)).toBe('bank.register_customer');
    expect(castsOf(query)).toEqual({ id: 'uuid', details: 'jsonb', ssn: 'jsonb', key: 'text', caller: 'jsonb' });
    expect(JSON.parse(String(query.parameters.details))).toEqual(details);
    expect(JSON.parse(String(query.parameters.ssn))).toEqual(ssn);
    expect(query.parameters.key).toBe('key-1');
    expect(outcome).toEqual({ customer: customerWith(), replayed: false });
  });

  test('without a key has its own id for one', async () => {
    const { parameters } = (await register(undefined)).query;
    expect(parameters.key).toBe(parameters.id);
  });

  test.each([
    ['SSN_TAKEN', 'ssn'],
    ['EMAIL_TAKEN', 'email'],
    ['PHONE_TAKEN', 'phone'],
    ['ALREADY_REGISTERED', null],
  ])('that is refused with %s throws', async (code, field) => {
    expect((await bankErrorOf(() => register('key-1', { refusal: { code, field } }))).code).toBe(code);
  });
});

test.each<[string, Record<string, string>, (customers: Customers) => Promise<unknown>]>([
  ['read_customer', { id: 'uuid' }, customers => customers.readCustomer(customerId, customer)],
  [
    'review_customer',
    { id: 'uuid', customer_id: 'uuid', decision: 'text', reason: 'text' },
    customers => customers.reviewCustomer({ ...act, decision: 'VERIFIED' }),
  ],
  ['freeze_customer', { id: 'uuid', customer_id: 'uuid', reason: 'text' }, customers => customers.freezeCustomer(act)],
  [
    'unfreeze_customer',
    { id: 'uuid', customer_id: 'uuid', reason: 'text', four_eyes: 'text' },
    customers => customers.unfreezeCustomer({ ...act, fourEyes: true }),
  ],
])('%s is one call for the caller, and answers the customer', async (name, casts, work) => {
  const { query, outcome } = await ask(work, found);
  expect(functionOf(query)).toBe(`bank.${name}`);
  expect(castsOf(query)).toEqual({ ...casts, caller: 'jsonb' });
  expect(Object.keys(query.parameters).sort()).toEqual([...Object.keys(casts), 'caller'].sort());
  expect(query.parameters.caller).toContain(customerId);
  expect(outcome).toEqual(customerWith());
});

test.each([3, null])('a change is sent with the version that was read (%s) and what changes', async version => {
  const changes = { email: 'new@customers.example', phone: undefined };
  const { query } = await ask(customers => customers.updateCustomer({ changes, version, caller: customer }), found);
  expect(functionOf(query)).toBe('bank.update_customer');
  expect(castsOf(query)).toEqual({ id: 'uuid', changes: 'jsonb', version: 'bigint', caller: 'jsonb' });
  expect(query.parameters).toMatchObject({ version, changes: '{"email":"new@customers.example"}' });
});

test('a ciphertext is read for a reason', async () => {
  const answer = { customer_id: customerId, ciphertext: 'sealed' };
  const { query, outcome } = await ask(customers => customers.readSsnCiphertext(act), answer);
  expect(functionOf(query)).toBe('bank.read_ssn_ciphertext');
  expect(query.parameters).toMatchObject({ customer_id: customerId, reason: 'because' });
  expect(outcome).toMatchObject(answer);
});
