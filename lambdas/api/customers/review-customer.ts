import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Decides whether a customer's identity is verified. */
export const reviewCustomer = handle(
  customersRoutes.reviewCustomer,
  async ({ params, body, caller }, { customers }: CustomersCapability) => ({
    body: await customers.reviewCustomer({ customer_id: params.id, ...body, caller }),
  }),
);
