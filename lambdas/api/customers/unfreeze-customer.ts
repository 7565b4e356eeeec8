import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Lets a frozen customer in again: where the stage wants four eyes, not by who froze it. */
export const unfreezeCustomer = handle(
  customersRoutes.unfreezeCustomer,
  async ({ params, body, caller }, { customers, fourEyes }: CustomersCapability) => ({
    body: await customers.unfreezeCustomer({ customer_id: params.id, reason: body.reason, fourEyes, caller }),
  }),
);
