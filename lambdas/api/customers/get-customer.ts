import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Reads a customer's record, for staff. */
export const getCustomer = handle(
  contract.getCustomer,
  async ({ params, caller }, { customers }: CustomersCapability) => ({
    body: await customers.readCustomer(params.id, caller),
  }),
);
