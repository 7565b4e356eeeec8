import { describe, expect, test } from 'vitest';
import { postDeposit } from '../../../lambdas/api/payments/post-deposit.ts';
import { postTransfer } from '../../../lambdas/api/payments/post-transfer.ts';
import { postWithdrawal } from '../../../lambdas/api/payments/post-withdrawal.ts';
import { reverseTransaction } from '../../../lambdas/api/payments/reverse-transaction.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf, type RequestOptions } from '../support/events.ts';
import { fakeLedger, send } from '../support/fakes.ts';
import { accountId, otherAccountId, transactionId, transactionWith } from '../support/records.ts';

const transferBody = { from_account_id: accountId, to_account_id: otherAccountId, amount: '12.50' };
const cashBody = { account_id: accountId, amount: '12.50' };

/** Each route that moves money, a good request to it, and the command that it becomes. */
const payments = [
  {
    name: 'a transfer',
    handler: postTransfer,
    command: 'postTransfer',
    request: { body: transferBody },
    asked: transferBody,
  },
  { name: 'a deposit', handler: postDeposit, command: 'postDeposit', request: { body: cashBody }, asked: cashBody },
  {
    name: 'a withdrawal',
    handler: postWithdrawal,
    command: 'postWithdrawal',
    request: { body: cashBody },
    asked: cashBody,
  },
  {
    name: 'a reversal',
    handler: reverseTransaction,
    command: 'postReversal',
    request: { claims: claimsOf('teller'), params: { id: transactionId }, body: {} },
    asked: { transaction_id: transactionId },
  },
] as const satisfies { request: RequestOptions; [more: string]: unknown }[];

const { id, failure_code: _, ...receiptFields } = transactionWith();

describe.each(payments)('$name', ({ handler, command, request, asked }) => {
  test('becomes one command, with its key, its description and its caller', async () => {
    const ledger = fakeLedger();
    const body = { ...request.body, description: 'Rent' };
    await send(handler, { ledger }, { ...request, body, headers: { 'idempotency-key': 'key-1' } });
    expect(ledger[command]).toHaveBeenCalledExactlyOnceWith({
      ...asked,
      description: 'Rent',
      key: 'key-1',
      caller: expect.objectContaining({ id: customerId, ip: '192.0.2.7' }),
    });
    const calls = Object.values(ledger).reduce((sum, each) => sum + each.mock.calls.length, 0);
    expect(calls).toBe(1);
  });

  test('answers a receipt: the transaction under its own name', async () => {
    const { statusCode, json, headers } = await send(handler, { ledger: fakeLedger() }, request);
    expect(statusCode).toBe(200);
    expect(json).toEqual({ transaction_id: id, ...receiptFields });
    expect(headers).not.toHaveProperty('idempotent-replayed');
  });

  test('that came before answers the same receipt, and says so', async () => {
    const ledger = fakeLedger();
    ledger[command].mockResolvedValue({ transaction: transactionWith(), replayed: true });
    const { json, headers } = await send(handler, { ledger }, request);
    expect(json).toEqual({ transaction_id: id, ...receiptFields });
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  test.each([
    ['with a NUL', 'a\0b'],
    ['with a line break', 'a\nb'],
    ['with half a surrogate pair', 'a\ud800b'],
    ['of 201 characters', 'x'.repeat(201)],
    ['that is no text', { toString: 'x' }],
    ['that is null', null],
  ])('takes no description %s', async (_what, description) => {
    const work = () => send(handler, { ledger: fakeLedger() }, { ...request, body: { ...request.body, description } });
    expect(await refusedFields(work)).toEqual(['description']);
  });

  test('keeps a description as it was written', async () => {
    const ledger = fakeLedger();
    const description = `' or 1=1; :id ☕ ${'é'.repeat(150)}`;
    await send(handler, { ledger }, { ...request, body: { ...request.body, description } });
    expect(ledger[command].mock.calls[0]?.[0]?.description).toBe(description);
  });

  test.each(['status', 'balance', 'currency', 'customer_id', 'id'])('takes no field %s', async field => {
    const work = () => send(handler, { ledger: fakeLedger() }, { ...request, body: { ...request.body, [field]: 'x' } });
    expect(await refusedFields(work)).toEqual([field]);
  });
});

describe.each(payments.slice(0, 3))('the amount of $name', ({ handler, command, request }) => {
  test('given as a JSON number is exactly what was written', async () => {
    const ledger = fakeLedger();
    const body = JSON.stringify(request.body).replace('"12.50"', '10.10');
    await send(handler, { ledger }, { ...request, body });
    expect(ledger[command].mock.calls[0]?.[0]).toMatchObject({ amount: '10.10' });
  });

  test.each(['0', '-1', '-0', '1e2', '0.00001', '9223372036854775808', 'NaN', '"1e2"', '"NaN"', '""', 'true', 'null'])(
    'is not %s',
    async text => {
      const body = JSON.stringify(request.body).replace('"12.50"', text);
      const ledger = fakeLedger();
      const { code } = await bankErrorOf(() => send(handler, { ledger }, { ...request, body }));
      expect(code).toBe('INVALID_REQUEST');
      expect(ledger[command]).not.toHaveBeenCalled();
    },
  );
});

describe('a transfer', () => {
  const upper = accountId.toUpperCase();
  test.each([
    [accountId, accountId],
    [accountId, upper],
    [upper, accountId],
  ])('from %s to %s, the same account, is refused', async (from_account_id, to_account_id) => {
    const body = { ...transferBody, from_account_id, to_account_id };
    expect(await refusedFields(() => send(postTransfer, { ledger: fakeLedger() }, { body }))).toEqual([
      'to_account_id',
    ]);
  });
});

describe('a reversal', () => {
  test('needs no body', async () => {
    const ledger = fakeLedger();
    await send(reverseTransaction, { ledger }, { claims: claimsOf('teller'), params: { id: transactionId } });
    expect(ledger.postReversal).toHaveBeenCalledOnce();
  });

  test.each(['1', '-1.5', '[]', 'null'])('takes no body of %s', async body => {
    const request = { claims: claimsOf('teller'), params: { id: transactionId }, body };
    const { code, details } = await bankErrorOf(() => send(reverseTransaction, { ledger: fakeLedger() }, request));
    expect(code).toBe('INVALID_REQUEST');
    expect(details.detail).toBe('The body must be a JSON object.');
  });
});

test('where the stage lets no customer deposit, a customer deposits nothing and a teller does', async () => {
  const ledger = fakeLedger();
  const { code } = await bankErrorOf(() => send(postDeposit, { ledger }, { body: cashBody }, []));
  expect(code).toBe('FORBIDDEN');
  expect(ledger.postDeposit).not.toHaveBeenCalled();
  await send(postDeposit, { ledger }, { claims: claimsOf('teller'), body: cashBody }, []);
  expect(ledger.postDeposit).toHaveBeenCalledOnce();
});
