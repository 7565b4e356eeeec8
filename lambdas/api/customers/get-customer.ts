import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Reads a customer's record, for staff. */
export const getCustomer = handle(
  customersRoutes.getCustomer,
  async ({ params, caller }, { customers }: CustomersCapability) => ({
    body: await customers.readCustomer(params.id, caller),
  }),
);
