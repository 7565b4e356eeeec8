import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { BucketDefinition } from './bucket-definition.ts';
import { refuseLocked, refuseWeaker, retentionOfNew } from './object-lock.ts';
import type { ObjectVersion, Retention } from './object-version.ts';
import { methodNotAllowed, noSuchKey, noSuchVersion, preconditionFailed } from './s3-error.ts';
import { VersionFiles } from './version-files.ts';

/** What a request asks to be kept. */
export interface NewObject {
  key: string;
  body: Buffer;
  headers: Record<string, string>;
  checksums: Record<string, string>;
  retention: Retention | undefined;
  legalHold: boolean;
  /** Only if there is no such object (`If-None-Match: *`), or it is this one (`If-Match`). */
  condition: { absent: boolean; etag: string | undefined };
}

/** A bucket: every version of its objects in memory, the bytes on the disk. */
export class Bucket {
  definition: BucketDefinition;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly #files: VersionFiles;
  readonly #now: () => number;
  /** Key → versions, the current one last. */
  readonly #objects = new Map<string, ObjectVersion[]>();
  #sequence = 0;

  constructor(definition: BucketDefinition, createdAt: number, folder: string, now: () => number) {
    this.definition = definition;
    this.createdAt = createdAt;
    this.#now = now;
    this.#files = new VersionFiles(join(folder, 'versions'));
    const versions = this.#files.load().sort((left, right) => left.sequence - right.sequence);
    for (const version of versions) this.#index(version);
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  /** Every version, by key and the newest first. */
  versions(): ObjectVersion[] {
    const keys = [...this.#objects.keys()].sort();
    return keys.flatMap(key => this.#objects.get(key)?.toReversed() ?? []);
  }

  /** The objects that are there, by key. */
  objects(): ObjectVersion[] {
    const keys = [...this.#objects.keys()].sort();
    return keys.flatMap(key => this.#current(key) ?? []).filter(version => !version.deleteMarker);
  }

  isCurrent(version: ObjectVersion): boolean {
    return this.#current(version.key) === version;
  }

  put(object: NewObject): ObjectVersion {
    const current = this.#current(object.key);
    const existing = current?.deleteMarker ? undefined : current;
    const { absent, etag } = object.condition;
    if (absent && existing) throw preconditionFailed();
    if (etag !== undefined && !existing) throw noSuchKey();
    if (etag !== undefined && existing?.etag !== etag) throw preconditionFailed();
    const now = this.#now();
    const version = this.#newVersion(object.key, {
      deleteMarker: false,
      size: object.body.length,
      etag: `"${createHash('md5').update(object.body).digest('hex')}"`,
      headers: object.headers,
      checksums: object.checksums,
      retention: retentionOfNew(this.definition, object.retention, now),
      legalHold: object.legalHold,
    });
    this.#add(version, object.body);
    return version;
  }

  /** The current version of an object or the one asked for; throws NoSuchKey, NoSuchVersion or MethodNotAllowed. */
  get(key: string, versionId?: string): ObjectVersion {
    const version = versionId === undefined ? this.#current(key) : this.#version(key, versionId);
    if (!version) throw versionId === undefined ? noSuchKey() : noSuchVersion();
    if (!version.deleteMarker) return version;
    const marked = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
    throw versionId === undefined ? noSuchKey(marked) : methodNotAllowed(marked);
  }

  read(version: ObjectVersion): Buffer {
    return this.#files.read(version);
  }

  /**
   * Without a version, marks the object deleted, or removes it in a bucket that keeps no versions; with one, removes that
   * version for good. One that is gone already is no error; one that is locked is AccessDenied.
   */
  delete(key: string, versionId: string | undefined, bypass: boolean): ObjectVersion | undefined {
    if (versionId === undefined && this.definition.versioning) {
      const marker = this.#newVersion(key, {
        deleteMarker: true,
        size: 0,
        etag: '',
        headers: {},
        checksums: {},
        retention: undefined,
        legalHold: false,
      });
      this.#add(marker, Buffer.alloc(0));
      return marker;
    }
    const version = versionId === undefined ? this.#current(key) : this.#version(key, versionId);
    if (!version) return undefined;
    refuseLocked(version, bypass, this.#now());
    this.#remove(version);
    return version;
  }

  retain(version: ObjectVersion, retention: Retention, bypass: boolean): void {
    refuseWeaker(version, retention, bypass, this.#now());
    this.#change(version, { retention });
  }

  hold(version: ObjectVersion, legalHold: boolean): void {
    this.#change(version, { legalHold });
  }

  #current(key: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.at(-1);
  }

  #version(key: string, versionId: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.find(version => version.versionId === versionId);
  }

  #newVersion(
    key: string,
    rest: Omit<ObjectVersion, 'key' | 'file' | 'versionId' | 'sequence' | 'lastModified'>,
  ): ObjectVersion {
    const file = randomUUID().replaceAll('-', '');
    return {
      key,
      file,
      versionId: this.definition.versioning ? file : 'null',
      sequence: this.#sequence + 1,
      lastModified: this.#now(),
      ...rest,
    };
  }

  #add(version: ObjectVersion, body: Buffer): void {
    const replaced = this.#version(version.key, version.versionId);
    this.#files.add(version, body);
    this.#index(version);
    if (replaced) this.#remove(replaced);
  }

  #change(version: ObjectVersion, changes: Partial<ObjectVersion>): void {
    const changed = { ...version, ...changes };
    this.#files.update(changed);
    const versions = this.#objects.get(version.key) ?? [];
    this.#objects.set(
      version.key,
      versions.map(each => (each === version ? changed : each)),
    );
  }

  #index(version: ObjectVersion): void {
    this.#sequence = Math.max(this.#sequence, version.sequence);
    this.#objects.set(version.key, [...(this.#objects.get(version.key) ?? []), version]);
  }

  #remove(version: ObjectVersion): void {
    this.#files.remove(version);
    const left = (this.#objects.get(version.key) ?? []).filter(each => each !== version);
    if (left.length > 0) this.#objects.set(version.key, left);
    else this.#objects.delete(version.key);
  }
}
