import type { Finding } from './fault.ts';
import type { SealDocument } from './seal-form.ts';
import type { AuditSources, KeptLeaf } from './sources.ts';

/**
 * Holds the database's rows and leaves against a seal of the archive's.
 *
 * @returns the first row, in the order of the seal, that is not as it was sealed; then any leaf that the seal does not have.
 */
export async function findAmongSealed(sources: AuditSources, document: SealDocument): Promise<Finding | undefined> {
  const kept = new Map<string, KeptLeaf>();
  for await (const page of sources.keptLeaves(document.header.number)) {
    for (const leaf of page) {
      kept.set(leaf.id, leaf);
    }
  }
  for (const [position, [row, hash]] of document.leaves.entries()) {
    const kind = leafFault(kept.get(row), position, hash);
    if (kind) {
      return { kind, row };
    }
    kept.delete(row);
  }
  const [surplus] = kept.keys();
  return surplus === undefined ? undefined : { kind: 'LEAF_INSERTED', row: surplus };
}

function leafFault(kept: KeptLeaf | undefined, position: number, hash: string): Finding['kind'] | undefined {
  if (!kept) {
    return 'LEAF_REMOVED';
  }
  if (kept.ofRow !== hash) {
    return kept.ofRow === undefined ? 'ROW_REMOVED' : 'ROW_ALTERED';
  }
  return kept.hash === hash && kept.position === position ? undefined : 'LEAF_ALTERED';
}

/**
 * Holds the rows that wait to be sealed against a seal that the archive has and the database lacks.
 *
 * @returns the first row that does not wait any more, or was changed; nothing when the next run has only to complete the seal.
 */
export async function findAmongWaiting(sources: AuditSources, document: SealDocument): Promise<Finding | undefined> {
  const sealed = new Map(document.leaves);
  const waiting = new Map<string, string>();
  for await (const page of sources.waitingRows()) {
    for (const { id, leaf } of page.filter(row => sealed.has(row.id))) {
      waiting.set(id, leaf);
    }
    if (waiting.size === sealed.size) {
      break;
    }
  }
  const absent = document.leaves.find(([id]) => !waiting.has(id));
  if (absent) {
    return { kind: 'SEAL_NOT_IN_DATABASE', row: absent[0] };
  }
  const altered = document.leaves.find(([id, leaf]) => waiting.get(id) !== leaf);
  return altered && { kind: 'ROW_ALTERED', row: altered[0] };
}
