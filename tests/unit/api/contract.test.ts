import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, routes } from '../../../lambdas/api/contract.ts';
import { roles } from '../../../lambdas/domain/caller.ts';
import { errorCodes } from '../../../lambdas/domain/errors.ts';
import { routeKey } from '../../../lambdas/runtime/route.ts';

const keyed = ['REQUEST_IN_FLIGHT', 'IDEMPOTENCY_KEY_REUSED'];

/** POST routes that say how something is to be, so that saying it again makes nothing more; and the one that is recorded each time. */
const unkeyed = [
  'reviewCustomer',
  'freezeCustomer',
  'unfreezeCustomer',
  'revealSsn',
  'freezeAccount',
  'unfreezeAccount',
  'disableUser',
  'enableUser',
  'assignFraudAlert',
  'resolveFraudAlert',
];

/** The fields of an object's schema; none for a route without one. */
const fieldsOf = (schema: z.ZodType | undefined) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

/** The fields of what is in a page's list. */
function rowFieldsOf(schema: z.ZodType, list: string): string[] {
  const rows = schema instanceof z.ZodObject ? schema.shape[list] : undefined;
  return rows instanceof z.ZodArray && rows.element instanceof z.ZodObject ? Object.keys(rows.element.shape) : [];
}

test('no two routes have the same method and path', () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test('no two paths differ only in the names of their parameters', () => {
  const shapes = new Map(routes.map(({ path }) => [path, path.replaceAll(/\{\w+\}/g, '{}')]));
  expect(new Set(shapes.values()).size).toBe(shapes.size);
});

describe.each(routes)('$name', route => {
  test('says in one sentence what it does', () => {
    expect(route.summary).toMatch(/^[A-Z].{10,100}[^.]$/);
  });

  test('is for somebody, each role named once', () => {
    const named = route.roles === 'public' ? [] : route.roles;
    expect(named.every(role => roles.includes(role))).toBe(true);
    expect(new Set(named).size).toBe(named.length);
    expect(route.roles).not.toHaveLength(0);
  });

  test('lists refusals that the bank has, each once', () => {
    expect(errorCodes).toEqual(expect.arrayContaining([...route.refusals]));
    expect(new Set(route.refusals).size).toBe(route.refusals.length);
  });

  test('has a schema for exactly the parameters in its path', () => {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(fieldsOf(route.params)).toEqual(named);
  });

  test('takes an idempotency key exactly when repeating it would make more, and lists what a key may run into', () => {
    const makes = route.method === 'POST' && !unkeyed.includes(route.name);
    expect(route.idempotent === true).toBe(makes);
    expect(keyed.every(code => route.refusals.some(refusal => refusal === code))).toBe(makes);
  });

  test('has a body only where it changes something', () => {
    expect(route.body !== undefined).toBe(route.method !== 'GET');
  });

  test('takes no parameter, query or body field that it does not declare', () => {
    for (const schema of [route.params, route.query, route.body]) {
      const result = schema?.safeParse({ surprise: 1 });
      const unknown = result?.error?.issues.filter(issue => issue.code === 'unrecognized_keys') ?? [];
      expect(unknown).toHaveLength(schema ? 1 : 0);
    }
  });

  test('is open to customers by a rule of the stage only if customers may call it', () => {
    expect(route.customersOnlyWhere === undefined || route.roles.includes('customer')).toBe(true);
  });
});

test('only the health of the API and its description are open to everybody', () => {
  expect(routes.filter(route => route.roles === 'public').map(route => route.name)).toEqual([
    'getHealth',
    'getOpenApi',
    'getReference',
    'getReferenceFile',
  ]);
});

describe('the shapes that were promised', () => {
  const account =
    'id account_number customer_id account_type balance currency status interest_rate overdraft_limit version created_at updated_at';
  const transaction =
    'id transaction_ref from_account_id to_account_id transaction_type amount currency status description created_at completed_at';
  const receipt = 'transaction_id transaction_ref status amount completed_at';

  test.each([
    ['GET /health', fieldsOf(contract.getHealth.reply), 'status'],
    ['GET /accounts', rowFieldsOf(contract.listAccounts.reply, 'accounts'), account],
    [
      'GET /accounts/{id}/balance',
      fieldsOf(contract.getBalance.reply),
      'account_id balance currency available_balance',
    ],
    ['POST /transfer', fieldsOf(contract.postTransfer.reply), receipt],
    ['GET /transactions', rowFieldsOf(contract.listTransactions.reply, 'transactions'), transaction],
    ['POST /deposit', fieldsOf(contract.postDeposit.reply), receipt],
  ])('%s has every field of them', (key, fields, promised) => {
    expect(routes.map(routeKey)).toContain(key);
    expect(fields).toEqual(expect.arrayContaining(promised.split(' ')));
  });
});
