import { hash, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { merkleRoot } from './merkle.ts';
import type { SealDocument, SealHeader, SignedHeader } from './seal-form.ts';

/** A public key that seals may be signed with, in PEM, and the id that their headers name it by. */
export interface SealKey {
  id: string;
  pem: string;
}

/** What stands for the seal before the first. */
export const noSealHash = '0'.repeat(64);

/** The bytes that are signed: the header's canonical JSON. */
export function signedText(header: SealHeader): string {
  return canonicalJson(header);
}

/** What the next seal's header carries of this one. */
export function headerHash(header: SealHeader): string {
  return hash('sha256', signedText(header), 'hex');
}

/** The hashes of a seal's leaves as the tree takes them. */
export function leavesOf(document: SealDocument): Buffer[] {
  return document.leaves.map(([, leaf]) => Buffer.from(leaf, 'hex'));
}

/** What is wrong with a seal taken by itself and by its place in the chain; undefined when nothing is. */
export type SealFlaw = 'SEAL_OUT_OF_CHAIN' | 'SEAL_NOT_SIGNED' | 'SEAL_ROOT_WRONG';

/** Checks a seal against the key and the seal before it. */
export function sealFlaw(
  document: SealDocument,
  { number, previousHash, key }: { number: number; previousHash: string; key: SealKey },
): SealFlaw | undefined {
  const { header } = document;
  if (!isSigned(document, key)) {
    return 'SEAL_NOT_SIGNED';
  }
  if (header.number !== number || header.previous_hash !== previousHash) {
    return 'SEAL_OUT_OF_CHAIN';
  }
  const whole =
    header.count === document.leaves.length &&
    header.first.id === document.leaves[0]?.[0] &&
    header.last.id === document.leaves.at(-1)?.[0] &&
    header.root === merkleRoot(leavesOf(document)).toString('hex');
  return whole ? undefined : 'SEAL_ROOT_WRONG';
}

/** Whether a header is signed by the bank's key, and says so. */
export function isSigned({ header, signature }: SignedHeader, key: SealKey): boolean {
  return (
    header.key_id === key.id &&
    verify('sha256', Buffer.from(signedText(header)), key.pem, Buffer.from(signature, 'base64'))
  );
}
