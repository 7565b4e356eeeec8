import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountsQuery } from '../../../lambdas/api/schemas/accounts.ts';
import { idParam } from '../../../lambdas/api/schemas/shared.ts';
import { transferRequest } from '../../../lambdas/api/schemas/transfer-batches.ts';
import { parseParts } from '../../../lambdas/runtime/http/fields.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { accountId, otherAccountId } from '../support/records.ts';

const transfer = { from_account_id: accountId, to_account_id: otherAccountId, amount: '1.00' };
const fieldsOf = (value: unknown, schema: z.ZodType = transferRequest) =>
  refusedFields(() => parseParts({ body: { schema, value } }));

describe('the parts of a request', () => {
  test('come back as their schemas make them, defaults included', () => {
    expect(
      parseParts({
        query: { schema: accountsQuery, value: { limit: '20' } },
        other: { schema: accountsQuery, value: {} },
      }),
    ).toEqual({ query: { limit: 20 }, other: { limit: 50 } });
  });

  test('that a route does not have are not looked at', () => {
    expect(parseParts({ body: { schema: undefined, value: { anything: 1 } } })).toEqual({ body: undefined });
  });
});

describe('a refusal', () => {
  test('names every field that is wrong, in all parts at once', async () => {
    const fields = await refusedFields(() =>
      parseParts({
        params: { schema: idParam, value: { id: 'x' } },
        query: { schema: accountsQuery, value: { limit: '0', cursor: '!' } },
        body: { schema: transferRequest, value: { ...transfer, amount: '-1', description: 5 } },
      }),
    );
    expect(fields).toEqual(['id', 'limit', 'cursor', 'amount', 'description']);
  });

  test('names every field that is missing and says that it is required', async () => {
    const { details } = await bankErrorOf(() => parseParts({ body: { schema: transferRequest, value: {} } }));
    expect(details.fields?.map(({ field }) => field)).toEqual(['from_account_id', 'to_account_id', 'amount']);
    for (const { message } of details.fields ?? []) {
      expect(message).toMatch(/^is required/);
    }
  });

  test('does not say that a field is required which was given', async () => {
    const { details } = await bankErrorOf(() =>
      parseParts({ body: { schema: transferRequest, value: { ...transfer, amount: null } } }),
    );
    expect(details.fields).toEqual([{ field: 'amount', message: expect.not.stringMatching(/required/) }]);
  });

  test.each(['balance', 'status', 'customer_id', 'version', 'Amount', '__proto__', 'constructor', 'toString'])(
    'names the field %s that the request does not have',
    async name => {
      expect(await fieldsOf({ ...transfer, ...JSON.parse(`{"${name}":"1"}`) }, transferRequest)).toEqual([name]);
    },
  );

  test('names every unknown field, beside those that are wrong', async () => {
    expect(await fieldsOf({ ...transfer, amount: 'x', balance: '1', version: 2 })).toEqual([
      'amount',
      'balance',
      'version',
    ]);
  });

  test('names both the wrong amount and the account that is the same twice', async () => {
    expect(await fieldsOf({ ...transfer, to_account_id: accountId, amount: '0' })).toEqual(['amount', 'to_account_id']);
  });

  test('names a field inside another by its path', async () => {
    const schema = z.strictObject({ address: z.strictObject({ city: z.string() }) });
    expect(await fieldsOf({ address: { city: 1, planet: 'x' } }, schema)).toEqual(['address.city', 'address.planet']);
    expect(await fieldsOf({ address: {} }, schema)).toEqual(['address.city']);
  });

  test('never repeats a value that was sent', async () => {
    const { message, details } = await bankErrorOf(() =>
      parseParts({ body: { schema: transferRequest, value: { ...transfer, amount: 'hunter2', description: 'a\0b' } } }),
    );
    expect(JSON.stringify([message, details])).not.toContain('hunter2');
  });
});
