import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditPath, leafHash, merkleRoot } from '../../../../lambdas/domain/audit/merkle.ts';

/** The leaves and roots that the implementations of Certificate Transparency test each other with, by number of leaves. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test.each(roots.map((root, index) => [index + 1, root] as const))(
  'the tree of %i leaves has the root %s',
  (size, root) => {
    const hashes = leaves.slice(0, size).map(leaf => leafHash(Buffer.from(leaf, 'hex').toString('latin1')));
    expect(merkleRoot(hashes).toString('hex')).toBe(root);
  },
);

test('a tree without leaves has no root', () => {
  expect(() => merkleRoot([])).toThrow(RangeError);
});

/** RFC 6962's own words: split at the largest power of two that is smaller than the number of leaves. */
function rootByDefinition(hashes: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = hashes;
  if (hashes.length < 2) {
    return first;
  }
  const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return node(rootByDefinition(hashes.slice(0, split)), rootByDefinition(hashes.slice(split)));
}

function node(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update('\x01').update(left).update(right).digest();
}

/** Where a path leads by RFC 6962's definition of it: nowhere if it is too short or too long. */
function follow(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  if (size === 1) {
    return path.length === 0 ? leaf : undefined;
  }
  const split = 2 ** Math.ceil(Math.log2(size) - 1);
  const [last, rest] = [path.at(-1), path.slice(0, -1)];
  if (!last) {
    return undefined;
  }
  const inner = index < split ? follow(leaf, index, split, rest) : follow(leaf, index - split, size - split, rest);
  return inner && (index < split ? node(inner, last) : node(last, inner));
}

const trees = fc
  .array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 70 })
  .map(all => all.map(bytes => Buffer.from(bytes)));
const placed = trees.chain(tree => fc.tuple(fc.constant(tree), fc.nat(tree.length - 1)));

describe('in a tree of any size', () => {
  test('the root is that of the definition', () => {
    fc.assert(
      fc.property(trees, tree => {
        expect(merkleRoot(tree)).toEqual(rootByDefinition(tree));
      }),
    );
  });

  test('every path leads from its leaf to the root', () => {
    fc.assert(
      fc.property(placed, ([tree, index]) => {
        expect(follow(tree[index] as Buffer, index, tree.length, auditPath(tree, index))).toEqual(merkleRoot(tree));
      }),
    );
  });

  test('no path leads from another leaf, or from another place, to the root', () => {
    fc.assert(
      fc.property(placed, fc.uint8Array({ minLength: 32, maxLength: 32 }), ([tree, index], other) => {
        const [leaf, path, root] = [tree[index] as Buffer, auditPath(tree, index), merkleRoot(tree)];
        fc.pre(!leaf.equals(other));
        expect(follow(Buffer.from(other), index, tree.length, path)).not.toEqual(root);
        const elsewhere = (index + 1) % tree.length;
        fc.pre(tree.length > 1 && new Set(tree.map(hash => hash.toString('hex'))).size === tree.length);
        expect(follow(leaf, elsewhere, tree.length, path)).not.toEqual(root);
      }),
    );
  });

  test('a root is one of these leaves in this order only', () => {
    fc.assert(
      fc.property(trees, trees, (one, other) => {
        expect(merkleRoot(one).equals(merkleRoot(other))).toBe(Buffer.concat(one).equals(Buffer.concat(other)));
      }),
    );
  });
});

test('what is hashed into a node does not pass for a leaf', () => {
  const [one, two] = [leafHash('one'), leafHash('two')];
  const inner = Buffer.concat([Buffer.from([1]), one, two]).toString('latin1');
  expect(merkleRoot([leafHash(inner)])).not.toEqual(merkleRoot([one, two]));
});
