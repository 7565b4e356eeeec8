import { handle } from '../../runtime/http/handle.ts';
import { paymentsRoutes } from '../contract/payments.ts';
import type { Payments } from './dependencies.ts';

/** Makes many transfers. */
export const postTransferBatch = handle(
  paymentsRoutes.postTransferBatch,
  async ({ body, caller, key }, { ledger }: Payments) => {
    const { batch, replayed, rate_limit } = await ledger.postTransferBatch({ ...body, caller, key });
    return { body: { ...batch, batch_id: batch.id }, replayed, rateLimit: rate_limit };
  },
);
