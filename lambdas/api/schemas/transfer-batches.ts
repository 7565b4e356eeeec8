import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { positiveAmount } from '../../domain/money.ts';
import { batchModes, transferBatch, transferResult } from '../../domain/transfer-batch.ts';
import { plainText } from './parts.ts';

export { transferResult };

export const transferRequest = z
  .strictObject({
    from_account_id: id,
    to_account_id: id,
    amount: positiveAmount,
    description: plainText(200).optional(),
  })
  .refine(body => body.from_account_id !== body.to_account_id, {
    path: ['to_account_id'],
    error: 'must be another account than from_account_id',
  });

const mostTransfers = 1000;

/** ATOMIC: all or none. INDEPENDENT: each for itself. */
export const transferBatchRequest = z.strictObject({
  mode: z.enum(batchModes, { error: `must be one of ${batchModes.join(', ')}` }),
  transfers: z
    .array(transferRequest, { error: 'must be a list of transfers' })
    .min(1, { error: 'must have at least one transfer' })
    .max(mostTransfers, { error: `must have at most ${mostTransfers} transfers` }),
});

export const transferBatchReceipt = z.object({ batch_id: id, ...transferBatch.omit({ id: true }).shape });
