import { describe, expect, test } from 'vitest';
import { freezeCustomer } from '../../../lambdas/api/customers/freeze-customer.ts';
import { getCustomer } from '../../../lambdas/api/customers/get-customer.ts';
import { getMyCustomer } from '../../../lambdas/api/customers/get-my-customer.ts';
import { registerCustomer } from '../../../lambdas/api/customers/register-customer.ts';
import { revealSsn } from '../../../lambdas/api/customers/reveal-ssn.ts';
import { reviewCustomer } from '../../../lambdas/api/customers/review-customer.ts';
import { unfreezeCustomer } from '../../../lambdas/api/customers/unfreeze-customer.ts';
import { updateMyCustomer } from '../../../lambdas/api/customers/update-my-customer.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { customerId, strangerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { fakeCustomers, fakeVault, send } from '../support/fakes.ts';
import { customerWith } from '../support/records.ts';

const capability = () => ({ customers: fakeCustomers(), vault: fakeVault(), fourEyes: false });
const staff = (group: string, body?: object) => ({ claims: claimsOf(group), params: { id: strangerId }, body });

const registration = {
  first_name: 'Ada',
  last_name: 'Example',
  email: 'ada@customers.example',
  phone: '+12025550123',
  ssn: '078-05-1120',
  date_of_birth: '1990-02-28',
  address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
};

describe('registering', () => {
  test('hands the number to the vault by its digits, and to the bank sealed', async () => {
    const { customers, vault } = capability();
    const request = { body: registration, headers: { 'idempotency-key': 'key-1' } };
    const answer = await send(registerCustomer, { customers, vault, fourEyes: false }, request);
    expect(answer.statusCode).toBe(201);
    expect(answer.json).toEqual(customerWith());
    expect(vault.encryptSsn).toHaveBeenCalledExactlyOnceWith('078051120', customerId);
    expect(vault.ssnIndexes).toHaveBeenCalledExactlyOnceWith('078051120');
    const { ssn: _, ...details } = registration;
    expect(customers.registerCustomer).toHaveBeenCalledExactlyOnceWith({
      details,
      ssn: { ciphertext: 'ciphertext', last4: '1120', indexes: [{ key_version: 1, mac: 'mac' }] },
      caller: expect.objectContaining({ id: customerId }),
      key: 'key-1',
    });
    expect(JSON.stringify(customers.registerCustomer.mock.calls)).not.toMatch(/078-?05-?1120/);
  });

  test.each(['encryptSsn', 'ssnIndexes'] as const)('writes nothing when the vault fails at %s', async step => {
    const { customers, vault } = capability();
    vault[step].mockRejectedValue(new BankError('UNAVAILABLE', { retryAfter: 5 }));
    const error = await bankErrorOf(() =>
      send(registerCustomer, { customers, vault, fourEyes: false }, { body: registration }),
    );
    expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 5 } });
    expect(customers.registerCustomer).not.toHaveBeenCalled();
  });

  test.each([
    ['ssn', { ssn: '666-05-1120' }],
    ['ssn', { ssn: undefined }],
    ['email', { email: 'ada' }],
    ['phone', { phone: '202-555-0123' }],
    ['date_of_birth', { date_of_birth: '2990-01-01' }],
    ['first_name', { first_name: ' ' }],
    ['address.country', { address: { ...registration.address, country: 'USA' } }],
    ['kyc_verified', { kyc_verified: true }],
    ['id', { id: strangerId }],
  ])('refuses a bad %s, and asks the vault nothing', async (field, changes) => {
    const { customers, vault } = capability();
    const request = { body: { ...registration, ...changes } };
    expect(await refusedFields(() => send(registerCustomer, { customers, vault, fourEyes: false }, request))).toEqual([
      field,
    ]);
    expect(vault.encryptSsn).not.toHaveBeenCalled();
  });

  test('does not repeat a number that it refuses', async () => {
    const work = () => send(registerCustomer, capability(), { body: { ...registration, ssn: '666-05-1120' } });
    const error = await bankErrorOf(work);
    expect(JSON.stringify([error.message, error.details.fields])).not.toContain('666-05');
  });

  test.each(['teller', 'admin', 'compliance'])('is not for a %s', async group => {
    const work = () => send(registerCustomer, capability(), { claims: claimsOf(group), body: registration });
    expect((await bankErrorOf(work)).code).toBe('FORBIDDEN');
  });
});

test('a customer reads its own record, staff the one that they name: never more of the number than four digits', async () => {
  const { customers, vault } = capability();
  const mine = await send(getMyCustomer, { customers, vault, fourEyes: false }, {});
  const theirs = await send(getCustomer, { customers, vault, fourEyes: false }, staff('auditor'));
  expect([mine.json, theirs.json]).toEqual([customerWith(), customerWith()]);
  expect(customers.readCustomer.mock.calls.map(([id]) => id)).toEqual([customerId, strangerId]);
  expect(vault.decryptSsn).not.toHaveBeenCalled();
});

describe('changing the record', () => {
  test('is at the version of the ETag that was read', async () => {
    const { customers, vault } = capability();
    const request = { body: { email: 'new@customers.example' }, headers: { 'if-match': '"3"' } };
    await send(updateMyCustomer, { customers, vault, fourEyes: false }, request);
    expect(customers.updateCustomer).toHaveBeenCalledExactlyOnceWith({
      changes: { email: 'new@customers.example' },
      version: 3,
      caller: expect.objectContaining({ id: customerId }),
    });
  });

  test('without an ETag is refused', async () => {
    const work = () => send(updateMyCustomer, capability(), { body: { email: 'new@customers.example' } });
    expect((await bankErrorOf(work)).code).toBe('IF_MATCH_REQUIRED');
  });

  test.each(['first_name', 'ssn', 'date_of_birth', 'status', 'kyc_verified'])('does not reach %s', async field => {
    const request = { body: { phone: '+12025550123', [field]: 'x' }, headers: { 'if-match': '"3"' } };
    expect(await refusedFields(() => send(updateMyCustomer, capability(), request))).toEqual([field]);
  });
});

describe('what staff do to a customer', () => {
  test('is asked of the bank with its reason', async () => {
    const { customers, vault } = capability();
    const asked = { customer_id: strangerId, reason: 'because', caller: expect.objectContaining({ id: customerId }) };
    const verify = { decision: 'VERIFIED', reason: 'because' };
    await send(reviewCustomer, { customers, vault, fourEyes: false }, staff('teller', verify));
    await send(freezeCustomer, { customers, vault, fourEyes: false }, staff('analyst', { reason: 'because' }));
    await send(unfreezeCustomer, { customers, vault, fourEyes: true }, staff('analyst', { reason: 'because' }));
    expect(customers.reviewCustomer).toHaveBeenCalledExactlyOnceWith({ ...asked, decision: 'VERIFIED' });
    expect(customers.freezeCustomer).toHaveBeenCalledExactlyOnceWith(asked);
    expect(customers.unfreezeCustomer).toHaveBeenCalledExactlyOnceWith({ ...asked, fourEyes: true });
  });

  test('needs a reason', async () => {
    const { customers, vault } = capability();
    const needs = [
      () => send(reviewCustomer, { customers, vault, fourEyes: false }, staff('teller', { decision: 'VERIFIED' })),
      () => send(freezeCustomer, { customers, vault, fourEyes: false }, staff('analyst', {})),
      () => send(unfreezeCustomer, { customers, vault, fourEyes: false }, staff('analyst', { reason: '  ' })),
      () => send(revealSsn, { customers, vault, fourEyes: false }, staff('compliance', { reason: '' })),
    ];
    for (const work of needs) {
      expect(await refusedFields(work)).toEqual(['reason']);
    }
    expect(customers.readSsnCiphertext).not.toHaveBeenCalled();
  });
});

describe('revealing a number', () => {
  test('is recorded before it is decrypted, for the customer whose row it is from', async () => {
    const { customers, vault } = capability();
    const answer = await send(
      revealSsn,
      { customers, vault, fourEyes: false },
      staff('compliance', { reason: 'court order' }),
    );
    expect(answer.json).toEqual({ customer_id: strangerId, ssn: '078-05-1120' });
    expect(vault.decryptSsn).toHaveBeenCalledExactlyOnceWith('ciphertext', strangerId);
    const [recorded = 0] = customers.readSsnCiphertext.mock.invocationCallOrder;
    const [decrypted = 0] = vault.decryptSsn.mock.invocationCallOrder;
    expect(recorded).toBeLessThan(decrypted);
  });

  test('does not happen when it could not be recorded', async () => {
    const { customers, vault } = capability();
    customers.readSsnCiphertext.mockRejectedValue(new BankError('UNAVAILABLE'));
    await bankErrorOf(() =>
      send(revealSsn, { customers, vault, fourEyes: false }, staff('compliance', { reason: 'court order' })),
    );
    expect(vault.decryptSsn).not.toHaveBeenCalled();
  });

  test.each(['customer', 'teller', 'analyst', 'auditor', 'admin'])('is not for a %s', async group => {
    const { customers, vault } = capability();
    const work = () => send(revealSsn, { customers, vault, fourEyes: false }, staff(group, { reason: 'court order' }));
    expect((await bankErrorOf(work)).code).toBe('FORBIDDEN');
    expect(customers.readSsnCiphertext).not.toHaveBeenCalled();
  });
});
