import { describe, expect, test } from 'vitest';
import { callerOf } from '../../../lambdas/runtime/http/caller.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { claimsOf, eventOf, eventWithoutToken } from '../support/events.ts';

const rolesOf = (groups: string) => callerOf(eventOf({ claims: { ...claimsOf(), 'cognito:groups': groups } })).roles;

describe('a caller', () => {
  test('is who the access token says, from where the gateway saw it', () => {
    expect(callerOf(eventOf())).toEqual({
      id: customerId,
      roles: ['customer'],
      ip: '192.0.2.7',
      userAgent: 'unit-test/1',
      sessionId: 'session-1',
      requestId: 'request-1',
    });
  });

  test('is at the address that the gateway saw, whatever X-Forwarded-For says', () => {
    const event = eventOf({ headers: { 'x-forwarded-for': '203.0.113.66', 'x-real-ip': '203.0.113.66' } });
    expect(callerOf(event).ip).toBe('192.0.2.7');
  });

  test('has no session where the token names none', () => {
    const { origin_jti: _, ...claims } = claimsOf('customer');
    expect(callerOf(eventOf({ claims })).sessionId).toBe('');
  });
});

describe("a caller's roles", () => {
  test('come from the list that the gateway writes as one string', () => {
    expect(rolesOf('[teller admin]')).toEqual(['teller', 'admin']);
  });

  test.each([
    ['one group', '[auditor]', ['auditor']],
    ['a bare name', 'analyst', ['analyst']],
    ['a group twice', '[teller teller]', ['teller']],
    ['groups that are not roles of the bank', '[us-east-1_pool_Google customer]', ['customer']],
    ['no group', '[]', []],
    ['nothing', '', []],
  ])('are read from %s', (_what, groups, roles) => {
    expect(rolesOf(groups)).toEqual(roles);
  });

  test.each(['[administrator]', '[Admin]', '[not-admin]', '[admin2]', '["admin"]'])('do not come from %s', groups => {
    expect(rolesOf(groups)).toEqual([]);
  });

  test('are none where the token has no groups', () => {
    const { 'cognito:groups': _, ...claims } = claimsOf();
    expect(callerOf(eventOf({ claims })).roles).toEqual([]);
  });

  test('never come from a scope', () => {
    expect(callerOf(eventOf({ claims: { ...claimsOf('customer'), scope: 'admin' } })).roles).toEqual(['customer']);
  });
});

describe('nobody is', () => {
  test('a request without claims', async () => {
    const { code } = await bankErrorOf(() => callerOf(eventWithoutToken()));
    expect(code).toBe('UNAUTHENTICATED');
  });

  test.each([
    ['an ID token', { ...claimsOf('customer'), token_use: 'id' }],
    ['a token that does not say its use', { sub: customerId }],
    ['an access token without a subject', { token_use: 'access' }],
    ['an access token whose subject is no text', { token_use: 'access', sub: true }],
  ])('the bearer of %s', async (_what, claims) => {
    const { code } = await bankErrorOf(() => callerOf(eventOf({ claims })));
    expect(code).toBe('UNAUTHENTICATED');
  });

  test("the bearer of a machine's token, whose subject is a client and no user", async () => {
    const claims = { ...claimsOf('customer'), sub: '1h57kf5cpq17m0eml12EXAMPLE' };
    const { code } = await bankErrorOf(() => callerOf(eventOf({ claims })));
    expect(code).toBe('UNAUTHENTICATED');
  });
});
