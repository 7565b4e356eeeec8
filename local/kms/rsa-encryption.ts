import { constants, createHash, privateDecrypt, publicEncrypt } from 'node:crypto';
import { modulusBits, privateKeyOf } from './key-pair.ts';
import { invalidCiphertext, validation } from './kms-error.ts';
import type { StoredKey } from './stored-key.ts';

const padding = constants.RSA_PKCS1_OAEP_PADDING;

function hashOf(algorithm: string): string {
  return algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256';
}

/**
 * RSAES-OAEP (RFC 8017, section 7.1). Throws a ValidationException when the plaintext is longer than modulus and hash
 * leave room for.
 */
export function encryptRsa(key: StoredKey, algorithm: string, plaintext: Buffer): Buffer {
  const privateKey = privateKeyOf(key);
  const oaepHash = hashOf(algorithm);
  const room = modulusBits(privateKey) / 8 - 2 * createHash(oaepHash).digest().length - 2;
  if (plaintext.length > room) {
    throw validation(`Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${room} bytes.`);
  }
  return publicEncrypt({ key: privateKey, padding, oaepHash }, plaintext);
}

/** Throws InvalidCiphertextException for what was not encrypted with this key and algorithm. */
export function decryptRsa(key: StoredKey, algorithm: string, ciphertext: Buffer): Buffer {
  try {
    return privateDecrypt({ key: privateKeyOf(key), padding, oaepHash: hashOf(algorithm) }, ciphertext);
  } catch {
    throw invalidCiphertext();
  }
}
