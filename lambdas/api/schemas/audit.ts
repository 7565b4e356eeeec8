import * as z from 'zod';
import { auditLog } from '../../domain/audit/audit-log.ts';
import { auditFault, rowFacts } from '../../domain/audit/fault.ts';
import { inclusionProof } from '../../domain/audit/inclusion-proof.ts';
import { sealAlgorithm, sealHeader } from '../../domain/audit/seal-form.ts';
import { id } from '../../domain/fields.ts';
import { moment, page } from './parts.ts';

export { auditFault, auditLog, inclusionProof, rowFacts, sealHeader };

const nameOf = (what: string) => z.string().regex(/^\w{1,100}$/, { error: `must be the name of ${what}` });

export const auditLogsQuery = z.strictObject({
  entity_type: nameOf('a kind of thing such as "account"').optional(),
  entity_id: id.optional(),
  actor_id: id.optional(),
  action: nameOf('an event such as "AccountFrozen"').optional(),
  from: moment.optional(),
  to: moment.optional(),
  ...page,
});
export const auditLogsPage = z.object({ audit_logs: z.array(auditLog), next_cursor: z.string().nullable() });

export const auditVerificationQuery = z.strictObject({ cursor: page.cursor });
export const auditVerification = z.object({
  intact: z.boolean(),
  complete: z.boolean(),
  seals: z.int(),
  rows: z.int(),
  unsealed: z.int(),
  checked_up_to: z.int(),
  first_fault: auditFault.nullable(),
  next_cursor: z.string().nullable(),
});

export const sealPublicKey = z.object({
  key_id: z.string(),
  algorithm: z.literal(sealAlgorithm),
  public_key: z.string(),
});
