import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const cents = z.string().regex(/^-?\d+$/);

/** What was asked, and how it ended. Money goes from null when it is paid in, and to null when it is paid out. */
const operation = z.object({
  kind: z.literal('operation'),
  /** The Idempotency-Key, and the transaction's description. */
  key: z.string(),
  what: z.enum(['transfer', 'deposit', 'withdrawal', 'reversal']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  cents,
  fate: z.enum(['done', 'refused', 'unknown']),
  code: z.string(),
  /** The transaction of each success that was answered: of one operation they must be the same. */
  transactions: z.array(z.string()),
});

/** The accounts among which money only moves, and what they held when it began; then all accounts, with what was in them. */
const start = z.object({
  kind: z.literal('start'),
  seed: z.int(),
  closed: z.array(z.string()),
  total: cents,
  balances: z.record(z.string(), cents),
});

const read = z.object({ kind: z.literal('read'), total: cents });
const fault = z.object({ kind: z.literal('fault'), fault: z.string(), fired: z.int() });
const end = z.object({
  kind: z.literal('end'),
  /** What the audit's own verification said, through the API. */
  intact: z.boolean(),
  verified: z.int(),
  unsealed: z.int(),
  deadlocks: z.int(),
});

const entry = z.discriminatedUnion('kind', [start, operation, read, fault, end]);

export type Entry = z.output<typeof entry>;
export type Operation = z.output<typeof operation>;

/** Takes down what happens, line by line, each with the milliseconds since the start. */
export interface History {
  add(entry: Entry): void;
  close(): Promise<void>;
}

/** Begins a history in a file. */
export function writeHistory(file: string): History {
  const stream = createWriteStream(file);
  const began = performance.now();
  return {
    add: each => void stream.write(`${JSON.stringify({ at: Math.round(performance.now() - began), ...each })}\n`),
    async close() {
      stream.end();
      await once(stream, 'close');
    },
  };
}

/** Reads a history back. @throws Error naming the first line that is none of its entries. */
export async function readHistory(file: string): Promise<Entry[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(line => line !== '');
  return lines.map((line, index) => {
    const parsed = entry.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${file}, line ${index + 1} is no entry of a history`);
    return parsed.data;
  });
}
