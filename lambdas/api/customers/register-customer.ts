import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Makes the caller a customer. Its number is encrypted and indexed first: without KMS nothing is written. */
export const registerCustomer = handle(
  customersRoutes.registerCustomer,
  async ({ body, caller, key }, { customers, vault }: CustomersCapability) => {
    const { ssn, ...details } = body;
    const [ciphertext, indexes] = await Promise.all([vault.encryptSsn(ssn, caller.id), vault.ssnIndexes(ssn)]);
    const { customer, replayed } = await customers.registerCustomer({
      details,
      ssn: { ciphertext, last4: ssn.slice(-4), indexes },
      caller,
      key,
    });
    return { body: customer, replayed };
  },
);
