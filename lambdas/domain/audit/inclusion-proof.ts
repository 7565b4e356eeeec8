import * as z from 'zod';
import { auditLog } from './audit-log.ts';
import { signedHeader } from './seal-form.ts';

/**
 * That a row is in a seal, for whoever has the public key and trusts nobody: the row's leaf and the path make the root that the
 * signed header names (RFC 6962, section 2.1.1). `docs/verify-proof.mjs` checks it.
 */
export const inclusionProof = z.object({
  audit_log: auditLog,
  /** The row's place in the tree, of `header.count`. */
  leaf_index: z.int(),
  /** Hashes from the leaf's neighbour up to the root's. */
  audit_path: z.array(z.string()),
  ...signedHeader.shape,
});

export type InclusionProof = z.output<typeof inclusionProof>;
