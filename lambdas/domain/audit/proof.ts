import type { InclusionProof } from './inclusion-proof.ts';
import { auditPath } from './merkle.ts';
import { leavesOf } from './seal.ts';
import type { SealDocument } from './seal-form.ts';

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
