import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Refuses everything that a customer asks, from its next call on. */
export const freezeCustomer = handle(
  customersRoutes.freezeCustomer,
  async ({ params, body, caller }, { customers }: CustomersCapability) => ({
    body: await customers.freezeCustomer({ customer_id: params.id, reason: body.reason, caller }),
  }),
);
