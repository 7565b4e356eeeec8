import * as z from 'zod';
import { id, jsonText, timestamp } from '../fields.ts';

/** How seals are signed, by KMS's name for it: SHA-256, ECDSA on P-256, the signature in DER. */
export const sealAlgorithm = 'ECDSA_SHA_256' as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const sealedRow = z.strictObject({ id, occurred_at: timestamp });

/** What a seal says, and what is signed. */
export const sealHeader = z.strictObject({
  /** Of this form. */
  version: z.literal(1),
  /** Seals are numbered from 1 without a gap. */
  number: z.int().min(1),
  /** The hash of the header before; the first seal has zeros. */
  previous_hash: sha256,
  /** Of the Merkle tree over the rows' leaves. */
  root: sha256,
  count: z.int().min(1),
  first: sealedRow,
  last: sealedRow,
  key_id: z.string(),
  algorithm: z.literal(sealAlgorithm),
  sealed_at: timestamp,
});

export type SealHeader = z.output<typeof sealHeader>;

/** A header with its signature in Base64: what the database keeps of a seal beside the leaves. */
export const signedHeader = z.strictObject({ header: sealHeader, signature: z.base64() });

export type SignedHeader = z.output<typeof signedHeader>;

/** A whole seal, as the archive keeps it: the id and the hash of each row, in the order of the tree. */
export const sealDocument = signedHeader.extend({ leaves: z.array(z.tuple([id, sha256])).min(1) });

export type SealDocument = z.output<typeof sealDocument>;

/** A seal in the text that the archive keeps. */
export const sealDocumentText = jsonText(sealDocument);
