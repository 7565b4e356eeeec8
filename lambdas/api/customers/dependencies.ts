import type { Customers } from '../../adapters/customers.ts';
import type { Vault } from '../../adapters/vault.ts';

/** What the handlers of this capability need. */
export interface CustomersCapability {
  customers: Customers;
  /** Where social security numbers are encrypted and decrypted. */
  vault: Vault;
  /** Whether somebody else than who froze a customer must let it in again. */
  fourEyes: boolean;
}
