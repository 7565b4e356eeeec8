import { describe, expect, test, vi } from 'vitest';
import { getBalance } from '../../../lambdas/api/accounts/get-balance.ts';
import { getStatement } from '../../../lambdas/api/statements/get-statement.ts';
import { listStatements } from '../../../lambdas/api/statements/list-statements.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { eventOf, type RequestOptions } from '../support/events.ts';
import { accountsCapability, send, statementsCapability } from '../support/fakes.ts';
import { accountId } from '../support/records.ts';
import { documentWith, lineWith, summaryWith } from '../support/statements.ts';

const params = { id: accountId, period: '2026-03' };

/** Asks for a statement, and answers what came and what the bank was asked. */
async function get(request: RequestOptions = {}, capability = statementsCapability()) {
  const event = eventOf({ routeKey: getStatement.routeKey, params, ...request });
  const answer = await getStatement.run(event, capability, []);
  return { answer, content: Buffer.from(answer.body ?? '', 'base64').toString(), ...capability };
}

describe('the list of statements', () => {
  test('is of the account, a page at a time', async () => {
    const capability = statementsCapability();
    const { json } = await send(listStatements, capability, { params: { id: accountId }, query: { limit: '3' } });
    expect(json).toEqual({ statements: [summaryWith()], next_cursor: 'next' });
    expect(capability.statements.listStatements).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ account_id: accountId, limit: 3, cursor: undefined }),
    );
  });
});

describe('a statement', () => {
  test('is JSON unless something else is asked for: a page of lines, with what comes after it', async () => {
    const { answer, statements } = await get({ query: { limit: '20' } });
    const { lines, ...rest } = documentWith();
    expect(JSON.parse(answer.body ?? '')).toEqual({ ...rest, lines, next_cursor: 'next' });
    expect(answer.headers).toEqual({ 'content-type': 'application/json', vary: 'accept' });
    expect(statements.readStatement).toHaveBeenCalledExactlyOnceWith({
      account_id: accountId,
      month: '2026-03-01',
      limit: 20,
      cursor: undefined,
      caller: expect.objectContaining({ id: customerId, ownAccountsOnly: true }),
    });
  });

  test.each([
    { headers: { accept: 'text/csv' } },
    { query: { format: 'csv' }, headers: { accept: 'application/pdf' } },
  ])('is CSV for who accepts that best or asks for it: %o', async request => {
    const { answer, content } = await get(request);
    expect(answer.headers).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="statement-2026-03-0017.csv"',
      vary: 'accept, accept-encoding',
    });
    expect(content).toMatch(/^date,reference.*\r\n/);
  });

  test('is PDF for who accepts that best or asks for it', async () => {
    for (const request of [{ headers: { accept: 'application/pdf, */*;q=0.1' } }, { query: { format: 'pdf' } }]) {
      const { answer, content } = await get(request);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="statement-2026-03-0017.pdf"',
      });
      expect(answer.headers).not.toHaveProperty('cache-control');
      expect(content).toBe('%PDF of 2026-03');
    }
  });

  test('of a month that is not over says so in the name of its file', async () => {
    const capability = statementsCapability();
    capability.statements.readDocument.mockResolvedValue(documentWith({ final: false }));
    const { answer } = await get({ query: { format: 'csv' } }, capability);
    expect(answer.headers?.['content-disposition']).toContain('"provisional-statement-2026-03-0017.csv"');
  });

  test('as a file has at most 5000 lines, which Lambda can answer though each is as long as can be', async () => {
    const { statements } = await get({ query: { format: 'csv' } });
    const [request] = statements.readDocument.mock.calls[0] ?? [];
    expect(request).toMatchObject({ month: '2026-03-01', format: 'csv', mostLines: 5_000 });
    const capability = statementsCapability();
    const longest = lineWith({ description: '語'.repeat(200) });
    const lines = Array.from({ length: request?.mostLines ?? 0 }, () => longest);
    capability.statements.readDocument.mockResolvedValue(documentWith({ lines }));
    const { answer } = await get({ query: { format: 'csv' } }, capability);
    expect(JSON.stringify(answer).length).toBeLessThan(6 * 1024 * 1024);
  });

  test('that accepts none of the formats is not acceptable, and the bank is not asked', async () => {
    const capability = statementsCapability();
    const error = await bankErrorOf(() => get({ headers: { accept: 'text/html' } }, capability));
    expect([error.code, error.status]).toEqual(['NOT_ACCEPTABLE', 406]);
    expect(error.message).toContain('application/json, text/csv, application/pdf');
    expect(capability.statements.readStatement).not.toHaveBeenCalled();
  });

  test.each([
    [{ query: { format: 'xml' } }, ['format']],
    [{ query: { format: 'csv', cursor: 'abc' } }, ['cursor']],
    [{ query: { limit: '0' } }, ['limit']],
    [{ params: { ...params, period: '2026-13' } }, ['period']],
    [{ params: { ...params, period: '2026-3' } }, ['period']],
    [{ params: { ...params, period: '0000-01' } }, ['period']],
    [{ params: { ...params, period: '2026-03-01' } }, ['period']],
    [{ params: { ...params, id: '7' } }, ['id']],
  ])('is refused with the field that is to blame: %o', async (request, fields) => {
    expect(await refusedFields(() => get(request))).toEqual(fields);
  });
});

describe('a balance at a moment', () => {
  const ask = async (at: string) => {
    const { accounts, ...rest } = accountsCapability();
    const { json } = await send(getBalance, { accounts, ...rest }, { params: { id: accountId }, query: { at } });
    return { json, accounts };
  };

  test('is what the ledger says of it; what could be moved out then is not known', async () => {
    const at = '2026-03-01T09:30:00.123456+02:00';
    const { json, accounts } = await ask(at);
    const unknown = { held: null, available_balance: null };
    expect(json).toEqual({ account_id: accountId, balance: '80.00', currency: 'USD', ...unknown, at });
    expect(accounts.readBalanceAt).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ account_id: accountId, at, caller: expect.objectContaining({ id: customerId }) }),
    );
    expect(accounts.readAccount).not.toHaveBeenCalled();
  });

  test.each(['', 'now', '2026-03-01', '2026-03-01T09:30:00', '2026-03-01T09:30:00.1234567Z', '0000-03-01T09:30:00Z'])(
    'is not asked for by "%s"',
    async at => {
      expect(await refusedFields(() => ask(at))).toEqual(['at']);
    },
  );

  test('that the bank refuses is refused with the field', async () => {
    const { accounts, ...rest } = accountsCapability();
    accounts.readBalanceAt = vi.fn(() => {
      throw new BankError('INVALID_REQUEST', { fields: [{ field: 'at', message: 'must not be in the future' }] });
    });
    const query = { at: '2099-01-01T00:00:00Z' };
    expect(
      await refusedFields(() => send(getBalance, { accounts, ...rest }, { params: { id: accountId }, query })),
    ).toEqual(['at']);
  });
});
