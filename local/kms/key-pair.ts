import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { currentSecret, type StoredKey } from './stored-key.ts';

/** The private key of an RSA or ECC key. */
export function privateKeyOf(key: StoredKey): KeyObject {
  return createPrivateKey({ key: currentSecret(key), format: 'der', type: 'pkcs8' });
}

/** The public key of an RSA or ECC key, as SubjectPublicKeyInfo DER. */
export function publicKeyOf(key: StoredKey): Buffer {
  return createPublicKey(privateKeyOf(key)).export({ type: 'spki', format: 'der' });
}

/** The modulus of an RSA key in bits. */
export function modulusBits(privateKey: KeyObject): number {
  const bits = privateKey.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined) throw new Error('the key is not an RSA key');
  return bits;
}
