import { constants, createHash, type KeyObject, privateEncrypt, publicDecrypt, randomBytes } from 'node:crypto';
import { modulusBits } from './key-pair.ts';

const padding = constants.RSA_NO_PADDING;
const trailer = 0xbc;

function hashed(hash: string, ...parts: Buffer[]): Buffer {
  return createHash(hash).update(Buffer.concat(parts)).digest();
}

/** The mask generation function MGF1 (RFC 8017, appendix B.2.1). */
function mask(hash: string, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; Buffer.concat(blocks).length < length; counter += 1) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    blocks.push(hashed(hash, seed, suffix));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

/** Clears the one bit that the encoded message is shorter than the modulus by. */
function withoutTopBit(block: Buffer): Buffer {
  const cleared = Buffer.from(block);
  cleared[0] = (cleared[0] ?? 0) & 0x7f;
  return cleared;
}

function saltedHash(hash: string, digest: Buffer, salt: Buffer): Buffer {
  return hashed(hash, Buffer.alloc(8), digest, salt);
}

/**
 * RSASSA-PSS over a digest with a salt of the digest's length, as KMS signs (RFC 8017, sections 8.1 and 9.1.1). Node
 * has PSS for whole messages only.
 */
export function signPss(privateKey: KeyObject, hash: string, digest: Buffer): Buffer {
  const length = modulusBits(privateKey) / 8;
  const salt = randomBytes(digest.length);
  const code = saltedHash(hash, digest, salt);
  const block = Buffer.alloc(length - code.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  const masked = withoutTopBit(xor(block, mask(hash, code, block.length)));
  return privateEncrypt({ key: privateKey, padding }, Buffer.concat([masked, code, Buffer.from([trailer])]));
}

/** Whether a signature is this key's over the digest; a malformed one is not. */
export function verifyPss(privateKey: KeyObject, hash: string, digest: Buffer, signature: Buffer): boolean {
  const length = modulusBits(privateKey) / 8;
  if (signature.length !== length) return false;
  const message = openSignature(privateKey, signature);
  if (message === undefined || message.at(-1) !== trailer || (message[0] ?? 0) > 0x7f) return false;
  const code = message.subarray(length - digest.length - 1, length - 1);
  const masked = message.subarray(0, length - digest.length - 1);
  const block = withoutTopBit(xor(masked, mask(hash, code, masked.length)));
  const saltStart = block.length - digest.length;
  const zeros = block.subarray(0, saltStart - 1);
  if (block[saltStart - 1] !== 1 || zeros.some(byte => byte !== 0)) return false;
  return saltedHash(hash, digest, block.subarray(saltStart)).equals(code);
}

function openSignature(privateKey: KeyObject, signature: Buffer): Buffer | undefined {
  try {
    return publicDecrypt({ key: privateKey, padding }, signature);
  } catch {
    return undefined;
  }
}
