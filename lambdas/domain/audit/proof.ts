import * as z from 'zod';
import { auditLog } from './audit-log.ts';
import { auditPath } from './merkle.ts';
import { leavesOf, type SealDocument, signedHeader } from './seal.ts';

/**
 * That a row is in a seal, for whoever has the public key and trusts nobody: the row's leaf and the path make the root that the
 * signed header names (RFC 6962, section 2.1.1). `docs/verify-proof.mjs` checks it.
 */
export const inclusionProof = z.object({
  audit_log: auditLog,
  /** The row's place in the tree, of `header.count`. */
  leaf_index: z.int(),
  /** Hashes from the leaf's neighbour up to the root's. */
  audit_path: z.array(z.string()),
  ...signedHeader.shape,
});

export type InclusionProof = z.output<typeof inclusionProof>;

/** The way from a row to its seal's root; undefined when the seal does not have just this leaf for the row. */
export function pathInSeal(
  document: SealDocument,
  rowId: string,
  leaf: Buffer,
): Pick<InclusionProof, 'leaf_index' | 'audit_path'> | undefined {
  const index = document.leaves.findIndex(([id]) => id === rowId);
  if (document.leaves[index]?.[1] !== leaf.toString('hex')) {
    return undefined;
  }
  return { leaf_index: index, audit_path: auditPath(leavesOf(document), index).map(node => node.toString('hex')) };
}
