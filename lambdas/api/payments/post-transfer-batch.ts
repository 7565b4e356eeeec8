import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { Payments } from './dependencies.ts';

/** Makes many transfers. */
export const postTransferBatch = handle(
  contract.postTransferBatch,
  async ({ body, caller, key }, { ledger }: Payments) => {
    const { batch, replayed, rate_limit } = await ledger.postTransferBatch({ ...body, caller, key });
    return { body: { ...batch, batch_id: batch.id }, replayed, rateLimit: rate_limit };
  },
);
