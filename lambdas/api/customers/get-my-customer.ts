import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Reads the caller's own record. */
export const getMyCustomer = handle(
  customersRoutes.getMyCustomer,
  async ({ caller }, { customers }: CustomersCapability) => ({
    body: await customers.readCustomer(caller.id, caller),
  }),
);
