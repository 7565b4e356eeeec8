import { handle } from '../../runtime/http/handle.ts';
import { auditRoutes } from '../contract/audit.ts';
import type { AuditCapability } from './dependencies.ts';

/** Lists rows of the audit. */
export const listAuditLogs = handle(
  auditRoutes.listAuditLogs,
  async ({ query, caller }, { auditLogs }: AuditCapability) => {
    const { entity_type, entity_id, actor_id, action, from, to, limit, cursor } = query;
    return {
      body: await auditLogs.listAuditLogs({
        entity_type,
        entity_id,
        actor_id,
        action,
        from,
        to,
        limit,
        cursor,
        caller,
      }),
    };
  },
);
