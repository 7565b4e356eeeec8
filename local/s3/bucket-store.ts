import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Bucket } from './bucket.ts';
import type { BucketDefinition } from './bucket-definition.ts';
import { noSuchBucket } from './s3-error.ts';
import { readJson, writeJson } from './version-files.ts';

const bucketRecord = z.object({
  name: z.string(),
  createdAt: z.number(),
  versioning: z.boolean(),
  objectLock: z.boolean(),
  defaultRetention: z.object({ mode: z.enum(['COMPLIANCE', 'GOVERNANCE']), days: z.number() }).optional(),
});

const settingsFile = 'bucket.json';

/** The buckets of one directory, a folder each. */
export class BucketStore {
  readonly now: () => number;
  readonly #directory: string;
  readonly #buckets = new Map<string, Bucket>();

  constructor(directory: string, now: () => number) {
    this.now = now;
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(directory)) {
      const settings = join(directory, name, settingsFile);
      // A bucket without settings is one that a crash kept from being made.
      if (!existsSync(settings)) continue;
      const { createdAt, ...definition } = readJson(settings, bucketRecord);
      this.#open(definition, createdAt);
    }
  }

  all(): Bucket[] {
    return [...this.#buckets.values()].sort((left, right) => (left.definition.name < right.definition.name ? -1 : 1));
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** Throws NoSuchBucket. */
  get(name: string): Bucket {
    const bucket = this.find(name);
    if (!bucket) throw noSuchBucket();
    return bucket;
  }

  /** Makes a bucket, or gives the one of this name these settings. Object Lock, once on, stays on. */
  put(definition: BucketDefinition): Bucket {
    const known = this.find(definition.name);
    const objectLock = definition.objectLock || (known?.definition.objectLock ?? false);
    const settings = { ...definition, objectLock, versioning: definition.versioning || objectLock };
    const createdAt = known?.createdAt ?? this.now();
    const folder = this.#folder(definition.name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeJson(folder, settingsFile, { ...settings, createdAt });
    if (!known) return this.#open(settings, createdAt);
    known.definition = settings;
    return known;
  }

  /** Removes a bucket that is empty. */
  remove({ definition }: Bucket): void {
    this.#buckets.delete(definition.name);
    rmSync(this.#folder(definition.name), { recursive: true });
  }

  #folder(name: string): string {
    return join(this.#directory, name);
  }

  #open(definition: BucketDefinition, createdAt: number): Bucket {
    const bucket = new Bucket(definition, createdAt, this.#folder(definition.name), this.now);
    this.#buckets.set(definition.name, bucket);
    return bucket;
  }
}
