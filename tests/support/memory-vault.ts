import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { IndexKey, Vault } from '../../lambdas/adapters/vault.ts';

const tagBytes = 16;
const nonceBytes = 12;

/**
 * A vault without KMS, for tests of what is built on one: the same number under the same key has the same index, and a
 * ciphertext decrypts for its customer only. A key's id is its secret.
 */
export function memoryVault(indexKeys: readonly IndexKey[], secret = Buffer.alloc(32, 7)): Vault {
  return {
    async encryptSsn(ssn, customerId) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(customerId));
      return Buffer.concat([nonce, cipher.update(ssn), cipher.final(), cipher.getAuthTag()]).toString('base64');
    },
    async decryptSsn(ciphertext, customerId) {
      const bytes = Buffer.from(ciphertext, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(customerId))
        .setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
    async ssnIndexes(ssn) {
      return indexKeys.map(({ version, keyId }) => ({
        key_version: version,
        mac: createHmac('sha256', keyId).update(ssn).digest('base64'),
      }));
    },
  };
}
