import { writeAuditLogs } from './audit-rows.ts';
import type { TestSystem } from './system.ts';

/** Writes a row into the audit of a system and has it sealed. @returns its id. */
export async function sealedAuditLog(bank: TestSystem): Promise<string> {
  const [id = ''] = await writeAuditLogs(bank.database.pool, 1);
  const event = { scheduledTime: new Date().toISOString(), name: 'SealAudit' };
  const { functionError, payload } = await bank.cloud.invoke('SealAudit', event);
  if (functionError) {
    throw new Error(`The audit was not sealed: ${JSON.stringify(payload)}`);
  }
  return id;
}
