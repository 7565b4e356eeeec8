import { describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { createLedger, type Ledger } from '../../../lambdas/adapters/ledger.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, otherAccountId, refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

interface Terms {
  caller: ActingCaller;
  key: string | undefined;
  description: string | undefined;
}

/** Each command with the SQL function that carries it out and the parameters of its own. */
const commands: {
  name: string;
  sqlFunction: string;
  send: (ledger: Ledger, terms: Terms) => Promise<unknown>;
  own: Record<string, string>;
  casts: Record<string, string>;
}[] = [
  {
    name: 'a transfer',
    sqlFunction: 'bank.post_transfer',
    send: (ledger, terms) =>
      ledger.postTransfer({ ...terms, from_account_id: accountId, to_account_id: otherAccountId, amount: '12.50' }),
    own: { from_account_id: accountId, to_account_id: otherAccountId, amount: '12.50' },
    casts: { from_account_id: 'uuid', to_account_id: 'uuid', amount: 'numeric' },
  },
  {
    name: 'a deposit',
    sqlFunction: 'bank.post_deposit',
    send: (ledger, terms) => ledger.postDeposit({ ...terms, account_id: accountId, amount: '12.50' }),
    own: { account_id: accountId, amount: '12.50' },
    casts: { account_id: 'uuid', amount: 'numeric' },
  },
  {
    name: 'a withdrawal',
    sqlFunction: 'bank.post_withdrawal',
    send: (ledger, terms) => ledger.postWithdrawal({ ...terms, account_id: accountId, amount: '12.50' }),
    own: { account_id: accountId, amount: '12.50' },
    casts: { account_id: 'uuid', amount: 'numeric' },
  },
  {
    name: 'a reversal',
    sqlFunction: 'bank.post_reversal',
    send: (ledger, terms) => ledger.postReversal({ ...terms, transaction_id: transactionId, value_date: '2026-02-28' }),
    own: { transaction_id: transactionId, value_date: '2026-02-28' },
    casts: { transaction_id: 'uuid', value_date: 'date' },
  },
];

/** Sends a command to a ledger whose database answers so, and answers the one query that it sent. */
async function sentBy(
  { send }: (typeof commands)[number],
  terms: Partial<Terms> = {},
  reply: unknown = { transaction: transactionWith() },
) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await send(createLedger(database), {
    caller: customer,
    key: undefined,
    description: 'Rent',
    ...terms,
  });
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

const commonCasts = { id: 'uuid', description: 'text', key: 'text', caller: 'jsonb' };

describe.each(commands)('$name', command => {
  test('is one call of its SQL function, with every parameter sent and cast', async () => {
    const { query } = await sentBy(command, { key: 'key-1' });
    expect(functionOf(query)).toBe(command.sqlFunction);
    expect(castsOf(query)).toEqual({ ...commonCasts, ...command.casts });
    expect(query.parameters).toEqual({
      ...command.own,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      description: 'Rent',
      key: 'key-1',
      caller: expect.stringContaining('"own_accounts_only":true'),
    });
  });

  test('without a key has its own id for one', async () => {
    const { parameters } = (await sentBy(command)).query;
    expect(parameters.key).toBe(parameters.id);
  });

  test('has an id that no other has', async () => {
    const [one, other] = [await sentBy(command, { key: 'key-1' }), await sentBy(command, { key: 'key-1' })];
    expect(one.query.parameters.id).not.toBe(other.query.parameters.id);
  });

  test('without a description sends none', async () => {
    expect((await sentBy(command, { description: undefined })).query.parameters.description).toBeNull();
  });

  test('answers its transaction, and whether it came before', async () => {
    const transaction = transactionWith();
    expect((await sentBy(command, {}, { transaction })).outcome).toEqual({ transaction, replayed: false });
    expect((await sentBy(command, {}, { transaction, replayed: true })).outcome).toMatchObject({ replayed: true });
  });

  test('that is refused throws, with the transaction that recorded it', async () => {
    const reply = {
      refusal: { code: 'INSUFFICIENT_FUNDS', field: 'amount' },
      transaction: refusedTransaction(),
      replayed: true,
    };
    const { code, details } = await bankErrorOf(() => sentBy(command, {}, reply));
    expect(code).toBe('INSUFFICIENT_FUNDS');
    expect(details).toMatchObject({
      transaction: { id: transactionId },
      replayed: true,
      fields: [{ field: 'amount' }],
    });
  });
});
