import * as z from 'zod';

const retention = z.object({
  mode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
  /** Milliseconds since 1970. */
  until: z.number(),
});

/** What is known of one version of an object, beside its bytes. */
export const objectVersion = z.object({
  key: z.string(),
  /** The name of its files. */
  file: z.string(),
  /** `null` in a bucket without versions. */
  versionId: z.string(),
  /** Counts up in a bucket: the greatest of a key is the current one. */
  sequence: z.number(),
  /** A version that says that the object is gone, and has no bytes. */
  deleteMarker: z.boolean(),
  size: z.number(),
  etag: z.string(),
  /** Milliseconds since 1970. */
  lastModified: z.number(),
  /** Headers that the object is given back with: content-type, cache-control, x-amz-meta-… */
  headers: z.record(z.string(), z.string()),
  /** `crc32`, `sha256`, … → base64. */
  checksums: z.record(z.string(), z.string()),
  retention: retention.optional(),
  legalHold: z.boolean(),
});

export type ObjectVersion = z.output<typeof objectVersion>;
export type Retention = z.output<typeof retention>;
