import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Changes the caller's email, phone or address, if the record is still as the caller read it. */
export const updateMyCustomer = handle(
  customersRoutes.updateMyCustomer,
  async ({ body, caller, version }, { customers }: CustomersCapability) => ({
    body: await customers.updateCustomer({ changes: body, version, caller }),
  }),
);
