import * as z from 'zod';
import { id, timestamp } from '../fields.ts';
import { parseExactly } from './exact-json.ts';

/** What a row says of the thing as it was or as it is now, or besides: whatever the event told. */
const values = z.record(z.string(), z.unknown());

/** Who did what to which thing: one row of the audit, as the database answers it, callers read it and seals hash it. */
export const auditLog = z.object({
  /** The event's. */
  id,
  /** The event's type. */
  action: z.string(),
  /** The version of the event's form. */
  event_version: z.int(),
  entity_type: z.string(),
  entity_id: id,
  actor_id: id.nullable(),
  actor_roles: z.array(z.string()),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  old_values: values.nullable(),
  new_values: values.nullable(),
  metadata: values,
  occurred_at: timestamp,
  recorded_at: timestamp,
});

export type AuditLog = z.output<typeof auditLog>;

/** A row in the text that SQL writes, which has every digit of its numbers. */
export const auditLogText = z.string().transform(parseExactly).pipe(auditLog);
