import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Lets a frozen customer in again. */
export const unfreezeCustomer = handle(
  contract.unfreezeCustomer,
  async ({ params, body, caller }, { customers }: CustomersCapability) => ({
    body: await customers.unfreezeCustomer({ customer_id: params.id, reason: body.reason, caller }),
  }),
);
