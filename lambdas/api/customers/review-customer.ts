import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Decides whether a customer's identity is verified. */
export const reviewCustomer = handle(
  contract.reviewCustomer,
  async ({ params, body, caller }, { customers }: CustomersCapability) => ({
    body: await customers.reviewCustomer({ customer_id: params.id, ...body, caller }),
  }),
);
