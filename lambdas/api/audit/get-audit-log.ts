import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** Reads one row of the audit. */
export const getAuditLog = handle(
  auditRoutes.getAuditLog,
  async ({ params, caller }, { auditLogs }: AuditCapability) => ({
    body: (await auditLogs.readAuditLog(params.id, caller)).auditLog,
  }),
);
