import { expect, test } from 'vitest';
import { postTransferBatch } from '../../../lambdas/api/payments/post-transfer-batch.ts';
import { customerId } from '../support/callers.ts';
import { refusedFields } from '../support/errors.ts';
import { fakeLedger, send } from '../support/fakes.ts';
import { accountId, otherAccountId } from '../support/records.ts';

const transfer = { from_account_id: accountId, to_account_id: otherAccountId, amount: '12.50' };
const good = { mode: 'ATOMIC', transfers: [transfer, { ...transfer, amount: '1', description: 'rent' }] };

test('a batch becomes one command, with its key and its caller', async () => {
  const ledger = fakeLedger();
  const { statusCode } = await send(
    postTransferBatch,
    { ledger },
    { body: good, headers: { 'idempotency-key': 'key-1' } },
  );
  expect(statusCode).toBe(200);
  expect(ledger.postTransferBatch).toHaveBeenCalledExactlyOnceWith({
    ...good,
    key: 'key-1',
    caller: expect.objectContaining({ id: customerId }),
  });
});

test.each([
  ['no mode', { ...good, mode: undefined }, ['mode']],
  ['another mode', { ...good, mode: 'SOME' }, ['mode']],
  ['no list', { ...good, transfers: 'all' }, ['transfers']],
  ['an empty list', { ...good, transfers: [] }, ['transfers']],
  ['1001 transfers', { ...good, transfers: Array.from({ length: 1001 }, () => transfer) }, ['transfers']],
  ['an amount of nothing', { ...good, transfers: [transfer, { ...transfer, amount: '0' }] }, ['transfers.1.amount']],
  [
    'a transfer to where it comes from',
    { ...good, transfers: [{ ...transfer, to_account_id: accountId }] },
    ['transfers.0.to_account_id'],
  ],
  [
    'a field of a transfer that there is not',
    { ...good, transfers: [{ ...transfer, status: 'COMPLETED' }] },
    ['transfers.0.status'],
  ],
])('a batch with %s is refused, its field is named, and nothing is asked of the ledger', async (_, body, fields) => {
  const ledger = fakeLedger();
  expect(await refusedFields(() => send(postTransferBatch, { ledger }, { body }))).toEqual(fields);
  expect(ledger.postTransferBatch).not.toHaveBeenCalled();
});
