import { createHash, type KeyObject } from 'node:crypto';
import { signEcdsa, verifyEcdsa } from './ecdsa-signature.ts';
import { privateKeyOf } from './key-pair.ts';
import { validation } from './kms-error.ts';
import { signPkcs1, verifyPkcs1 } from './rsa-pkcs1-signature.ts';
import { signPss, verifyPss } from './rsa-pss-signature.ts';
import type { StoredKey } from './stored-key.ts';

interface Scheme {
  sign(privateKey: KeyObject, hash: string, digest: Buffer): Buffer;
  verify(privateKey: KeyObject, hash: string, digest: Buffer, signature: Buffer): boolean;
}

const pss: Scheme = { sign: signPss, verify: verifyPss };
const pkcs1: Scheme = { sign: signPkcs1, verify: verifyPkcs1 };
const ecdsa: Scheme = {
  sign: (privateKey, _hash, digest) => signEcdsa(privateKey, digest),
  verify: (privateKey, _hash, digest, signature) => verifyEcdsa(privateKey, digest, signature),
};

function schemeOf(algorithm: string): Scheme {
  if (algorithm.startsWith('ECDSA')) return ecdsa;
  return algorithm.startsWith('RSASSA_PSS') ? pss : pkcs1;
}

/** Every algorithm ends in the length of its hash. */
function hashOf(algorithm: string): string {
  return `sha${algorithm.slice(-3)}`;
}

/** What is signed: the message, or its digest where the caller has hashed it already. */
export interface SignedMessage {
  algorithm: string;
  type: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
  message: Buffer;
}

function digestOf({ algorithm, type, message }: SignedMessage, key: StoredKey): Buffer {
  if (type === 'EXTERNAL_MU') throw validation(`Message type ${type} is incompatible with key spec ${key.spec}.`);
  const digest = createHash(hashOf(algorithm)).update(message).digest();
  if (type === 'RAW') return digest;
  if (message.length !== digest.length) throw validation(`Digest is invalid length for algorithm ${algorithm}.`);
  return message;
}

/** Signs with an RSA or ECC key; throws a ValidationException for a digest that is not as long as the algorithm's. */
export function signMessage(key: StoredKey, signed: SignedMessage): Buffer {
  const digest = digestOf(signed, key);
  return schemeOf(signed.algorithm).sign(privateKeyOf(key), hashOf(signed.algorithm), digest);
}

/** Whether the signature is the key's over the message; throws as `signMessage` does. */
export function signatureMatches(key: StoredKey, signed: SignedMessage, signature: Buffer): boolean {
  const digest = digestOf(signed, key);
  return schemeOf(signed.algorithm).verify(privateKeyOf(key), hashOf(signed.algorithm), digest, signature);
}
