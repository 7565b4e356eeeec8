import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One fact: the record of this kind and id is now this, or is gone (null). */
interface Entry {
  kind: string;
  id: string;
  value: unknown;
}

/** Records by kind and id that survive the process being killed. */
export interface Journal {
  /** Every record of a kind, as it was last written. */
  all(kind: string): Map<string, unknown>;
  /** Writes a record, or removes it (null). It is with the operating system when this returns. */
  put(kind: string, id: string, value: unknown): void;
  /** Closing twice is harmless; writing after it throws. */
  close(): void;
}

/** How much may be superseded before a journal is rewritten while it is open. */
const slackBytes = 16 * 1024 * 1024;

/**
 * Opens a journal: a file of JSON lines, each the newest state of one record. Opening rewrites it without what is
 * superseded, in a second file that then takes its place, so that a crash leaves one or the other whole; so does writing
 * when the file has grown by `slack` bytes and by as much as it then held. A last line cut short by a crash was never
 * acknowledged and is dropped; damage anywhere else throws.
 */
export function openJournal(file: string, slack = slackBytes): Journal {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const kinds = replay(file);
  let kept = 0;
  let written = 0;
  let descriptor: number | undefined = rewrite();

  function rewrite(): number {
    const temporary = `${file}.new`;
    const text = snapshot(kinds);
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, file);
    kept = text.length;
    written = 0;
    return openSync(file, 'a', 0o600);
  }

  return {
    all: kind => recordsOf(kinds, kind),
    put(kind, id, value) {
      // A number of a closed file may by then be another file's.
      if (descriptor === undefined) throw new Error(`${file} is closed`);
      apply(kinds, { kind, id, value });
      const text = line({ kind, id, value });
      writeSync(descriptor, text);
      written += text.length;
      if (written < Math.max(slack, kept)) return;
      closeSync(descriptor);
      descriptor = rewrite();
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

type Kinds = Map<string, Map<string, unknown>>;

function replay(file: string): Kinds {
  const kinds: Kinds = new Map();
  const lines = readLines(file);
  for (const [index, text] of lines.entries()) {
    const entry = parseEntry(text);
    if (entry !== undefined) {
      apply(kinds, entry);
    } else if (index < lines.length - 1) {
      throw new Error(`${file} is damaged at line ${index + 1}; remove it to start without what it held`);
    }
  }
  return kinds;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(text => text !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parseEntry(text: string): Entry | undefined {
  try {
    const entry: Partial<Entry> | null = JSON.parse(text);
    const { kind, id, value } = entry ?? {};
    return typeof kind === 'string' && typeof id === 'string' ? { kind, id, value } : undefined;
  } catch {
    return undefined;
  }
}

function apply(kinds: Kinds, entry: Entry): void {
  const records = recordsOf(kinds, entry.kind);
  if (entry.value === null) records.delete(entry.id);
  else records.set(entry.id, entry.value);
}

function recordsOf(kinds: Kinds, kind: string): Map<string, unknown> {
  const records = kinds.get(kind) ?? new Map<string, unknown>();
  kinds.set(kind, records);
  return records;
}

function snapshot(kinds: Kinds): string {
  const lines: string[] = [];
  for (const [kind, records] of kinds) {
    for (const [id, value] of records) lines.push(line({ kind, id, value }));
  }
  return lines.join('');
}

function line(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}
