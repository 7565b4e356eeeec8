import { sealAlgorithm } from '../../domain/audit/seal-form.ts';
import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** Answers the public key of the seals, in PEM. */
export const getSealPublicKey = handle(
  auditRoutes.getSealPublicKey,
  async ({ caller }, { auditLogs, signer }: AuditCapability) => {
    await auditLogs.admitAuditor(caller);
    const { id, pem } = await signer.publicKey();
    return { body: { key_id: id, algorithm: sealAlgorithm, public_key: pem } };
  },
);
