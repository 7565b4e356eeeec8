import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { badDigest } from './s3-error.ts';

function crc32Of(bytes: Buffer): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}

const hashOf = (algorithm: string) => (bytes: Buffer) => createHash(algorithm).update(bytes).digest('base64');

/** The algorithms that are checked. Values of the others (`crc32c`, `crc64nvme`) are kept as they come. */
const checked: Record<string, (bytes: Buffer) => string> = {
  crc32: crc32Of,
  sha1: hashOf('sha1'),
  sha256: hashOf('sha256'),
};

const prefix = 'x-amz-checksum-';
const about = ['mode', 'type', 'algorithm'];

/**
 * The checksums that came with an object, in its headers or trailers: algorithm → base64. Throws BadDigest when one, or
 * `Content-MD5`, is not that of the bytes.
 */
export function verifiedChecksums(headers: Record<string, string>, bytes: Buffer): Record<string, string> {
  const contentMd5 = headers['content-md5'];
  if (contentMd5 !== undefined && hashOf('md5')(bytes) !== contentMd5) throw badDigest('Content-MD5');
  const found = Object.entries(headers)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, string] => [name.slice(prefix.length), value])
    .filter(([algorithm]) => !about.includes(algorithm));
  for (const [algorithm, value] of found) {
    if (checked[algorithm] && checked[algorithm](bytes) !== value) throw badDigest(algorithm.toUpperCase());
  }
  return Object.fromEntries(found);
}

/** The headers that give checksums back. */
export function checksumHeaders(checksums: Record<string, string>): Record<string, string> {
  const named = Object.entries(checksums).map(([algorithm, value]) => [`${prefix}${algorithm}`, value]);
  return named.length === 0 ? {} : { ...Object.fromEntries(named), 'x-amz-checksum-type': 'FULL_OBJECT' };
}
