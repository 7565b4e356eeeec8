import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { type ObjectVersion, objectVersion } from './object-version.ts';

function writeThrough(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts JSON in place of what a file held: on the disk whole when this returns, and never in part. */
export function writeJson(folder: string, name: string, value: unknown): void {
  const path = join(folder, name);
  writeThrough(`${path}.new`, Buffer.from(JSON.stringify(value, null, 2)));
  renameSync(`${path}.new`, path);
  syncFolder(folder);
}

/** A JSON file as `schema` describes it; throws when it is otherwise. */
export function readJson<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The versions of a bucket's objects, each as two files: its bytes (`.body`), and what is known of it (`.json`), which is
 * written last and without which the version does not exist. Both are on the disk before a version is acknowledged.
 */
export class VersionFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Every version; what a crash left of others is cleared away. */
  load(): ObjectVersion[] {
    const names = new Set(readdirSync(this.#folder));
    for (const name of names) {
      const isKept = name.endsWith('.json') || (name.endsWith('.body') && names.has(name.replace(/body$/, 'json')));
      if (!isKept) rmSync(join(this.#folder, name));
    }
    return [...names]
      .filter(name => name.endsWith('.json'))
      .map(name => readJson(join(this.#folder, name), objectVersion));
  }

  add(version: ObjectVersion, body: Uint8Array): void {
    if (!version.deleteMarker) writeThrough(this.#body(version), body);
    this.update(version);
  }

  update(version: ObjectVersion): void {
    writeJson(this.#folder, `${version.file}.json`, version);
  }

  remove(version: ObjectVersion): void {
    rmSync(join(this.#folder, `${version.file}.json`));
    rmSync(this.#body(version), { force: true });
  }

  read(version: ObjectVersion): Buffer {
    const path = this.#body(version);
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  }

  #body(version: ObjectVersion): string {
    return join(this.#folder, `${version.file}.body`);
  }
}
