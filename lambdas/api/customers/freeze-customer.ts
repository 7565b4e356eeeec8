import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Refuses everything that a customer asks, from its next call on. */
export const freezeCustomer = handle(
  contract.freezeCustomer,
  async ({ params, body, caller }, { customers }: CustomersCapability) => ({
    body: await customers.freezeCustomer({ customer_id: params.id, reason: body.reason, caller }),
  }),
);
