import type { AuditLogs } from '../../adapters/audit.ts';
import type { Reconciliations } from '../../adapters/reconciliations.ts';
import type { SealArchive } from '../../adapters/seal-archive.ts';
import type { SealSigner } from '../../adapters/seal-signer.ts';
import type { AuditSources } from '../../domain/audit/sources.ts';

/** What the handlers of this capability need. */
export interface AuditCapability {
  auditLogs: AuditLogs;
  reconciliations: Reconciliations;
  archive: Pick<SealArchive, 'get'>;
  /** What a verification reads. */
  sources: AuditSources;
  signer: Pick<SealSigner, 'publicKey'>;
  /** Whether there is time for another step of a verification. */
  mayGoOn(): boolean;
}
