import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Lets a frozen customer in again: where the stage wants four eyes, not by who froze it. */
export const unfreezeCustomer = handle(
  contract.unfreezeCustomer,
  async ({ params, body, caller }, { customers, fourEyes }: CustomersCapability) => ({
    body: await customers.unfreezeCustomer({ customer_id: params.id, reason: body.reason, fourEyes, caller }),
  }),
);
