import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type StoredAlias, type StoredKey, storedAliasSchema, storedKeySchema } from './stored-key.ts';

const fileSchema = z.object({ keys: z.array(storedKeySchema), aliases: z.array(storedAliasSchema) });

type Contents = z.output<typeof fileSchema>;

/**
 * The keys and aliases of one directory: in memory, and in a file that only its owner may read. A change is in the file
 * before it is in memory, so that what could not be kept has not happened; the file is replaced whole, so that a crash
 * leaves the old one or the new one. Records are never changed in place.
 */
export class KeyStore {
  readonly #file: string;
  readonly #now: () => number;
  #contents: Contents;

  /** Throws when the file is there and is not one of ours: keys are not to be lost by starting anew. */
  constructor(directory: string, now: () => number) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#file = join(directory, 'keys.json');
    this.#now = now;
    this.#contents = existsSync(this.#file) ? readContents(this.#file) : { keys: [], aliases: [] };
  }

  /** In the order they were created. */
  keys(): StoredKey[] {
    this.#forgetDeleted();
    return this.#contents.keys;
  }

  key(id: string): StoredKey | undefined {
    return this.keys().find(key => key.id === id);
  }

  /** Adds a key, or puts it in place of the one with its id. */
  putKey(key: StoredKey): void {
    const { keys, aliases } = this.#contents;
    const known = keys.some(({ id }) => id === key.id);
    this.#keep({ keys: known ? keys.map(old => (old.id === key.id ? key : old)) : [...keys, key], aliases });
  }

  /** By name. */
  aliases(): StoredAlias[] {
    this.#forgetDeleted();
    return this.#contents.aliases;
  }

  alias(name: string): StoredAlias | undefined {
    return this.aliases().find(alias => alias.name === name);
  }

  /** Adds an alias, or puts it in place of the one with its name. */
  putAlias(alias: StoredAlias): void {
    const others = this.#contents.aliases.filter(({ name }) => name !== alias.name);
    const aliases = [...others, alias].sort((left, right) => (left.name < right.name ? -1 : 1));
    this.#keep({ keys: this.#contents.keys, aliases });
  }

  removeAlias(name: string): void {
    const aliases = this.#contents.aliases.filter(alias => alias.name !== name);
    this.#keep({ keys: this.#contents.keys, aliases });
  }

  /** A key whose waiting period is over goes, and its aliases with it. */
  #forgetDeleted(): void {
    const now = this.#now();
    const gone = this.#contents.keys.filter(({ deletionAt }) => deletionAt !== undefined && deletionAt <= now);
    if (gone.length === 0) return;
    const ids = new Set(gone.map(({ id }) => id));
    this.#keep({
      keys: this.#contents.keys.filter(({ id }) => !ids.has(id)),
      aliases: this.#contents.aliases.filter(({ keyId }) => !ids.has(keyId)),
    });
  }

  #keep(contents: Contents): void {
    const temporary = `${this.#file}.new`;
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      // The mode above counts only for a file that was not there.
      chmodSync(temporary, 0o600);
      writeFileSync(descriptor, JSON.stringify(contents, null, 2));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, this.#file);
    this.#contents = contents;
  }
}

function readContents(file: string): Contents {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} does not hold KMS keys (${reason}); without it, what they encrypted cannot be read`);
  }
}
