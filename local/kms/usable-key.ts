import { algorithmsOf, type KeyUsage } from './key-specs.ts';
import { disabled, invalidKeyUsage, invalidState } from './kms-error.ts';
import type { StoredKey } from './stored-key.ts';

/** Throws KMSInvalidStateException while the key waits for its deletion. */
export function refusePendingDeletion(key: StoredKey): void {
  if (key.deletionAt !== undefined) throw invalidState(`${key.arn} is pending deletion.`);
}

/** Throws DisabledException, or KMSInvalidStateException while the key waits for its deletion. */
export function refuseUnlessEnabled(key: StoredKey): void {
  refusePendingDeletion(key);
  if (!key.enabled) throw disabled(`${key.arn} is disabled.`);
}

/** Throws InvalidKeyUsageException when the key does not go with the algorithm. */
function refuseAlgorithm(key: StoredKey, algorithm: string): void {
  if (algorithmsOf(key.spec, key.usage)?.includes(algorithm)) return;
  throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}

/** Throws InvalidKeyUsageException when the key is meant for something else. */
export function refuseOtherUsage(key: StoredKey, usage: KeyUsage, operation: string): void {
  if (key.usage === usage) return;
  throw invalidKeyUsage(`${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`);
}

/**
 * Checks in AWS's order that a key may do cryptographic work: its usage, its state, the algorithm
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html).
 */
export function refuseUnusable(key: StoredKey, use: { usage: KeyUsage; operation: string; algorithm: string }): void {
  refuseOtherUsage(key, use.usage, use.operation);
  refuseUnlessEnabled(key);
  refuseAlgorithm(key, use.algorithm);
}
