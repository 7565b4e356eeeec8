import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Reads the caller's own record. */
export const getMyCustomer = handle(contract.getMyCustomer, async ({ caller }, { customers }: CustomersCapability) => ({
  body: await customers.readCustomer(caller.id, caller),
}));
