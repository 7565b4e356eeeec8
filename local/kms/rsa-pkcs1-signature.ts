import { constants, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto';

/** The DER of DigestInfo up to the digest itself (RFC 8017, section 9.2, note 1). */
const digestInfo: Record<string, string> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};
const padding = constants.RSA_PKCS1_PADDING;

function encoded(hash: string, digest: Buffer): Buffer {
  return Buffer.concat([Buffer.from(digestInfo[hash] ?? '', 'hex'), digest]);
}

/** RSASSA-PKCS1-v1_5 over a digest (RFC 8017, section 8.2). */
export function signPkcs1(privateKey: KeyObject, hash: string, digest: Buffer): Buffer {
  return privateEncrypt({ key: privateKey, padding }, encoded(hash, digest));
}

/** Whether a signature is this key's over the digest; a malformed one is not. */
export function verifyPkcs1(privateKey: KeyObject, hash: string, digest: Buffer, signature: Buffer): boolean {
  try {
    return publicDecrypt({ key: privateKey, padding }, signature).equals(encoded(hash, digest));
  } catch {
    return false;
  }
}
