import { hash } from 'node:crypto';

/** The SHA-256 of a row's canonical JSON, marked as a leaf so that no inner node passes for one (RFC 6962, section 2.1). */
export function leafHash(canonical: string): Buffer {
  return hash('sha256', `\0${canonical}`, 'buffer');
}

const nodeMark = Buffer.from([1]);

/**
 * The root of a Merkle tree over these leaves, as RFC 6962 (section 2.1) defines it.
 *
 * @throws RangeError for a tree without leaves, which no seal has.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const root = levelsOf(leaves).at(-1)?.[0];
  if (!root) {
    throw new RangeError('A seal without rows has no root');
  }
  return root;
}

/** The hashes that lead from a leaf to the root, the leaf's neighbour first: an inclusion proof (RFC 6962, section 2.1.1). */
export function auditPath(leaves: readonly Buffer[], index: number): Buffer[] {
  return levelsOf(leaves).flatMap((level, height) => level[(index >> height) ^ 1] ?? []);
}

/**
 * The tree from its leaves up to its root. Neighbours make a node, and one left over moves up as it is: the same tree as
 * the RFC's, which splits from the top at the largest power of two.
 */
function levelsOf(leaves: readonly Buffer[]): (readonly Buffer[])[] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    level = parentsOf(level);
  }
  return levels;
}

function parentsOf(level: readonly Buffer[]): Buffer[] {
  const parents: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left) {
      parents.push(right ? hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer') : left);
    }
  }
  return parents;
}
