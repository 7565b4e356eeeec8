import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomSsn } from '../support/random-ssn.ts';
import { eventsOf, newcomer, registered, registration } from '../support/registration.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());

describe('registering', () => {
  test('makes the caller an active customer at version 1 that nobody has verified', async () => {
    const caller = newcomer();
    const request = registration(caller, '123-45-6789');
    const { customer, replayed } = await bank.customers.registerCustomer(request);
    expect(customer).toEqual({
      id: caller.id,
      ...request.details,
      ssn_last4: '6789',
      kyc_verified: false,
      status: 'ACTIVE',
      version: 1,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(replayed).toBe(false);
    expect(await bank.customers.readCustomer(caller.id, caller)).toEqual(customer);
  });

  test('again with the same key answers the customer again, with another request 422, without the key 409', async () => {
    const caller = newcomer();
    const request = registration(caller);
    const first = await bank.customers.registerCustomer(request);
    expect(await bank.customers.registerCustomer(request)).toEqual({ ...first, replayed: true });
    const changed = { ...request, details: { ...request.details, last_name: 'Other' } };
    await expect(bank.customers.registerCustomer(changed)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const otherSsn = { ...request, ssn: registration(caller).ssn };
    await expect(bank.customers.registerCustomer(otherSsn)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(bank.customers.registerCustomer({ ...request, key: undefined })).rejects.toMatchObject({
      code: 'ALREADY_REGISTERED',
    });
  });

  test.each([
    ['123-12-1234', '123121234'],
    ['123131234', '123-13-1234'],
  ])('refuses the number %s written as %s, and spends no key', async (first, second) => {
    await bank.customers.registerCustomer(registration(newcomer(), first));
    const caller = newcomer();
    const request = registration(caller, second);
    await expect(bank.customers.registerCustomer(request)).rejects.toMatchObject({
      code: 'SSN_TAKEN',
      details: { fields: [{ field: 'ssn' }] },
    });
    await expect(bank.customers.readCustomer(caller.id, caller)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
    const corrected = { ...request, ssn: registration(caller).ssn };
    expect((await bank.customers.registerCustomer(corrected)).replayed).toBe(false);
  });

  test('refuses an address that differs in capitals only, and a phone of another customer', async () => {
    const email = `${randomUUID()}@customers.example`;
    const { phone } = registration(newcomer()).details;
    await registered(bank, { email, phone });
    await expect(registered(bank, { email: email.toUpperCase() })).rejects.toMatchObject({
      code: 'EMAIL_TAKEN',
      details: { fields: [{ field: 'email' }] },
    });
    await expect(registered(bank, { phone })).rejects.toMatchObject({
      code: 'PHONE_TAKEN',
      details: { fields: [{ field: 'phone' }] },
    });
  });

  test('of one number by many at once lets one in', async () => {
    const ssn = randomSsn();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => bank.customers.registerCustomer(registration(newcomer(), ssn))),
    );
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual(
      Array.from({ length: 11 }, () => 'SSN_TAKEN'),
    );
  });

  test('of one caller many times at once, with other keys, makes one customer', async () => {
    const caller = newcomer();
    const request = registration(caller);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => bank.customers.registerCustomer({ ...request, key: undefined })),
    );
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(new Set(outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : [])))).toEqual(
      new Set(['ALREADY_REGISTERED']),
    );
  });
});

test('a customer reads itself, staff anybody', async () => {
  const [ada, ben] = [await registered(bank), await registered(bank)];
  expect(await bank.customers.readCustomer(ada.id, teller)).toMatchObject({ id: ada.id });
  await expect(bank.customers.readCustomer(ada.id, ben)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(bank.customers.readCustomer(randomUUID(), teller)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
});

describe('changing the record', () => {
  test('at the version that was read changes what is named and nothing else', async () => {
    const caller = await registered(bank);
    const before = await bank.customers.readCustomer(caller.id, caller);
    const email = `new-${caller.id}@customers.example`;
    const after = await bank.customers.updateCustomer({ changes: { email }, version: 1, caller });
    expect(after).toEqual({ ...before, email, version: 2, updated_at: expect.any(String) });
    const address = { line1: '2 Test Street', city: 'Shelbyville', postal_code: '00001', country: 'US' };
    const moved = await bank.customers.updateCustomer({ changes: { address }, version: null, caller });
    expect(moved).toEqual({ ...after, address, version: 3, updated_at: expect.any(String) });
  });

  test('at another version is refused', async () => {
    const caller = await registered(bank);
    const change = (version: number) =>
      bank.customers.updateCustomer({ changes: { email: `${randomUUID()}@customers.example` }, version, caller });
    await expect(change(2)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => change(1)));
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  test("to another customer's address or phone is refused and changes nothing", async () => {
    const [ada, ben] = [await registered(bank), await registered(bank)];
    const { email, phone } = await bank.customers.readCustomer(ben.id, ben);
    const change = (changes: object) => bank.customers.updateCustomer({ changes, version: 1, caller: ada });
    await expect(change({ email: email.toUpperCase() })).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    await expect(change({ phone })).rejects.toMatchObject({ code: 'PHONE_TAKEN' });
    expect(await bank.customers.readCustomer(ada.id, ada)).toMatchObject({ version: 1 });
  });

  test('of somebody who is no customer is refused', async () => {
    await expect(
      bank.customers.updateCustomer({ changes: {}, version: null, caller: newcomer() }),
    ).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  });
});

test('events and stored answers hold nothing of what a customer told', async () => {
  const caller = newcomer();
  const request = registration(caller, undefined, {
    first_name: 'Zebulon',
    last_name: 'Quixotic',
    address: { line1: '77 Peculiar Lane', city: 'Oddville', postal_code: '90909', country: 'US' },
  });
  await bank.customers.registerCustomer(request);
  const email = `changed-${caller.id}@customers.example`;
  await bank.customers.updateCustomer({ changes: { email, phone: '+12025550199' }, version: 1, caller });
  await bank.customers.reviewCustomer({ customer_id: caller.id, decision: 'VERIFIED', reason: 'seen', caller: teller });
  expect((await eventsOf(bank, caller.id)).map(event => [event.type, event.data.changed])).toEqual([
    ['CustomerRegistered', undefined],
    ['CustomerUpdated', ['email', 'phone']],
    ['CustomerReviewed', ['kyc_verified']],
  ]);
  const { rows } = await bank.database.pool.query(
    'select jsonb_agg(e)::text as text from bank.events e union all select jsonb_agg(k)::text from bank.idempotency_keys k',
  );
  const kept = rows.map(row => row.text).join('\n');
  const told = ['Zebulon', 'Quixotic', 'Peculiar', 'Oddville', request.details.phone, '+12025550199', '@customers'];
  for (const text of [...told, request.ssn.ciphertext, request.details.date_of_birth]) {
    expect(kept).not.toContain(text);
  }
});
