import { handle } from '../../runtime/http/handle.ts';
import { customersRoutes } from '../contract/customers.ts';
import type { CustomersCapability } from './dependencies.ts';

/** Answers a number in clear. The event that says who asked and why is committed before it is decrypted. */
export const revealSsn = handle(
  customersRoutes.revealSsn,
  async ({ params, body, caller }, { customers, vault }: CustomersCapability) => {
    const { customer_id, ciphertext } = await customers.readSsnCiphertext({
      customer_id: params.id,
      reason: body.reason,
      caller,
    });
    const ssn = await vault.decryptSsn(ciphertext, customer_id);
    return { body: { customer_id, ssn: `${ssn.slice(0, 3)}-${ssn.slice(3, 5)}-${ssn.slice(5)}` } };
  },
);
