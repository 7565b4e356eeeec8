import { pathInSeal } from '../../domain/audit/proof.ts';
import { sealDocumentText } from '../../domain/audit/seal-form.ts';
import { BankError } from '../../domain/errors.ts';
import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** How often the audit is sealed. */
const sealSeconds = 300;

/** Answers a row with the proof that it is in its seal, by the archive, as it stands. */
export const proveAuditLog = handle(
  auditRoutes.proveAuditLog,
  async ({ params, caller }, { auditLogs, archive }: AuditCapability) => {
    const { auditLog, leaf, sealNumber } = await auditLogs.readAuditLog(params.id, caller);
    if (sealNumber === undefined) {
      throw new BankError('NOT_SEALED_YET', { retryAfter: sealSeconds });
    }
    const document = sealDocumentText.safeParse(await archive.get(sealNumber)).data;
    const path = document && pathInSeal(document, auditLog.id, leaf);
    if (!path) {
      throw new BankError('AUDIT_LOG_ALTERED', {
        detail: `The seal ${sealNumber} in the archive does not hold this row as it stands. Verify the audit.`,
      });
    }
    return { body: { audit_log: auditLog, ...path, header: document.header, signature: document.signature } };
  },
);
