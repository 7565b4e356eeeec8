import { onDemand } from './on-demand.ts';
import type { Vault, VaultKeys } from './vault.ts';

/** The vault in KMS; its client is loaded for the first number that is kept or read: most requests about customers have none. */
export function vaultOnDemand(keys: VaultKeys): Vault {
  const vault = onDemand(async () => {
    const { createVault } = await import('./vault.ts');
    return createVault(keys);
  });
  return {
    encryptSsn: async (ssn, customerId) => (await vault()).encryptSsn(ssn, customerId),
    decryptSsn: async (ciphertext, customerId) => (await vault()).decryptSsn(ciphertext, customerId),
    ssnIndexes: async ssn => (await vault()).ssnIndexes(ssn),
  };
}
