import { verifyAudit as recompute } from '../../domain/audit/verify.ts';
import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';
import { decodePlace, encodePlace } from './verification-cursor.ts';

/** Recomputes the audit, or as much of it as there is time for; the cursor goes on with the rest. */
export const verifyAudit = handle(
  auditRoutes.verifyAudit,
  async ({ query, caller }, { auditLogs, sources, signer, mayGoOn }: AuditCapability) => {
    const from = query.cursor === undefined ? { seal: 1 } : decodePlace(query.cursor);
    await auditLogs.admitAuditor(caller);
    const found = await recompute({ sources, key: await signer.publicKey(), from, mayGoOn });
    const { fault, complete, place, seals, rows, unsealed } = found;
    return {
      body: {
        intact: fault === undefined,
        complete,
        seals,
        rows,
        unsealed,
        checked_up_to: place.seal - 1,
        first_fault: fault ?? null,
        next_cursor: fault || complete ? null : encodePlace(place),
      },
    };
  },
);
