import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { contextBytes, type EncryptionContext } from './encryption-context.ts';
import { invalidCiphertext } from './kms-error.ts';
import { currentMaterial, type StoredKey } from './stored-key.ts';

/** What a ciphertext says of itself. */
export interface SymmetricCiphertext {
  keyId: string;
  materialId: string;
  /** All that stands before the sealed bytes. */
  header: Buffer;
  iv: Buffer;
  tag: Buffer;
  sealed: Buffer;
}

// Format version, key id (a UUID), material id; then initialisation vector, tag and the encrypted bytes.
const version = Buffer.from([1, 2, 2, 0]);
const keyIdBytes = 16;
const materialIdBytes = 32;
const headerBytes = version.length + keyIdBytes + materialIdBytes;
const ivBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Encrypts under the key's newest material; the ciphertext names key and material, and is bound to the context. */
export function encryptSymmetric(key: StoredKey, plaintext: Buffer, context: EncryptionContext): Buffer {
  const material = currentMaterial(key);
  const keyId = Buffer.from(key.id.replaceAll('-', ''), 'hex');
  const header = Buffer.concat([version, keyId, Buffer.from(material.id, 'hex')]);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, Buffer.from(material.secret, 'base64'), iv);
  cipher.setAAD(Buffer.concat([header, contextBytes(context)]));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), sealed]);
}

/** Reads what a ciphertext says of itself; throws InvalidCiphertextException when it is not one of ours. */
export function parseSymmetric(blob: Buffer): SymmetricCiphertext {
  if (blob.length <= headerBytes + ivBytes + tagBytes || !blob.subarray(0, version.length).equals(version)) {
    throw invalidCiphertext();
  }
  const header = blob.subarray(0, headerBytes);
  const body = blob.subarray(headerBytes);
  return {
    keyId: uuidOf(header.subarray(version.length, version.length + keyIdBytes)),
    materialId: header.subarray(version.length + keyIdBytes).toString('hex'),
    header,
    iv: body.subarray(0, ivBytes),
    tag: body.subarray(ivBytes, ivBytes + tagBytes),
    sealed: body.subarray(ivBytes + tagBytes),
  };
}

/** Throws InvalidCiphertextException when ciphertext or context are not exactly those of the encryption. */
export function decryptSymmetric(key: StoredKey, ciphertext: SymmetricCiphertext, context: EncryptionContext): Buffer {
  const material = key.materials.find(({ id }) => id === ciphertext.materialId);
  if (material === undefined) throw invalidCiphertext();
  const decipher = createDecipheriv(algorithm, Buffer.from(material.secret, 'base64'), ciphertext.iv);
  decipher.setAAD(Buffer.concat([ciphertext.header, contextBytes(context)]));
  decipher.setAuthTag(ciphertext.tag);
  try {
    return Buffer.concat([decipher.update(ciphertext.sealed), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}
