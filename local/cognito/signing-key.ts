import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Journal } from '../journal.ts';
import { signingKeyRecord } from './pool-records.ts';

/** A pool's key pair. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** What the pool publishes. */
  publicJwk: JWK;
}

const makeKeyPair = promisify(generateKeyPair);

/** The key pair in a pool's journal; makes one and writes it down when there is none. */
export async function loadSigningKey(journal: Journal): Promise<SigningKey> {
  const [stored] = journal.all('signing-key').values();
  if (stored !== undefined) return describe(createPrivateKey({ key: signingKeyRecord.parse(stored), format: 'jwk' }));
  const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  const made = await describe(privateKey);
  journal.put('signing-key', made.id, privateKey.export({ format: 'jwk' }));
  return made;
}

async function describe(privateKey: KeyObject): Promise<SigningKey> {
  const publicKey = createPublicKey(privateKey);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const id = await calculateJwkThumbprint({ kty: 'RSA', n, e });
  return { id, privateKey, publicKey, publicJwk: { kty: 'RSA', n, e, kid: id, alg: 'RS256', use: 'sig' } };
}
