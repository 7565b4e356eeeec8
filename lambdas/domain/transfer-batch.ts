import * as z from 'zod';
import { id } from './fields.ts';

/** Whether a batch is posted as a whole or not at all, or each of its transfers for itself. */
export const batchModes = ['ATOMIC', 'INDEPENDENT'] as const;
export type BatchMode = (typeof batchModes)[number];

/** What became of a transfer of a batch. */
export const transferResult = z.object({
  /** The place of the transfer in the request, from 0. */
  index: z.int(),
  status: z.enum(['COMPLETED', 'FAILED']),
  /** None for a transfer that was refused and not recorded: it names an account of somebody else's, or an amount that cannot be. */
  transaction_id: id.nullable(),
  transaction_ref: z.string().nullable(),
  /** Why a transfer was refused, as the API's errors say it. */
  code: z.string().nullable(),
});

/** A batch of transfers that has been tried, as the database answers it. Its results are in the order of the request. */
export const transferBatch = z.object({
  id,
  mode: z.enum(batchModes),
  completed: z.int(),
  failed: z.int(),
  results: z.array(transferResult),
});

export type TransferBatch = z.output<typeof transferBatch>;
