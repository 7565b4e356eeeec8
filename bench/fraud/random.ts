import { createHash } from 'node:crypto';

/** Numbers that look like chance and are the same for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  between(least: number, most: number): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws Error when there is nothing to pick. */
  pick<Item>(items: readonly Item[]): Item;
  /** So many different ones, or all there are. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  /** Around a median, with a long tail upwards: as amounts of money are. The wider, the longer. */
  skewed(median: number, width: number): number;
  uuid(): string;
  /** A stream of its own for some part, which no change of another part disturbs. */
  fork(part: string): Random;
}

/** Starts a stream: the seed is any text. */
export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const sample = <Item>(items: readonly Item[], count: number): Item[] => {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(whole(0, left.length - 1), 1)).flat();
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    whole,
    chance: probability => next() < probability,
    pick<Item>(items: readonly Item[]): Item {
      const [item] = sample(items, 1);
      if (item === undefined) throw new Error('There is nothing to pick');
      return item;
    },
    sample,
    skewed: (median, width) => median * Math.exp(width * normal(next)),
    uuid: () => uuidOf(Array.from({ length: 16 }, () => whole(0, 255))),
    fork: part => createRandom(`${seed}/${part}`),
  };
}

/** A number of the standard normal distribution, by the Box-Muller transform. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** A UUID version 4 (RFC 9562 §5.4) of sixteen bytes. */
function uuidOf(bytes: number[]): string {
  const [version = 0, variant = 0] = [bytes[6], bytes[8]];
  const marked = bytes.with(6, (version & 0x0f) | 0x40).with(8, (variant & 0x3f) | 0x80);
  return Buffer.from(marked)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Small fast counting generator, 32 bits, by Chris Doty-Humphrey (PractRand): passes its tests, and needs no more than this. */
function sfc32(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map(offset => digest.readInt32LE(offset)) as [number, number, number, number];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
