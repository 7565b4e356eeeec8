import { generateKeyPairSync, sign } from 'node:crypto';
import type { AuditLog } from '../../../lambdas/domain/audit/audit-log.ts';
import { leafOf } from '../../../lambdas/domain/audit/leaf.ts';
import { merkleRoot } from '../../../lambdas/domain/audit/merkle.ts';
import { noSealHash, type SealKey, signedText } from '../../../lambdas/domain/audit/seal.ts';
import type { SealDocument, SealHeader } from '../../../lambdas/domain/audit/seal-form.ts';
import { customerId } from './callers.ts';
import { accountId } from './records.ts';

/** A key that seals can be signed with here. */
export interface TestSealKey extends SealKey {
  /** The signature of a text, in Base64. */
  sign(text: string): string;
}

/** A key pair on P-256, as KMS makes them. */
export function sealKey(id = 'arn:seal-key'): TestSealKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    id,
    pem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    sign: text => sign('sha256', Buffer.from(text), privateKey).toString('base64'),
  };
}

/** A row of the audit, with the changes given; rows of different numbers have different ids. */
export function auditLogWith(changes: Partial<AuditLog> = {}, number = 0): AuditLog {
  return {
    id: `018f2f3a-0000-7000-8000-${String(number).padStart(12, '0')}`,
    action: 'AccountFrozen',
    event_version: 1,
    entity_type: 'account',
    entity_id: accountId,
    actor_id: customerId,
    actor_roles: ['analyst'],
    ip: '192.0.2.1',
    user_agent: 'test/1',
    old_values: { status: 'ACTIVE' },
    new_values: { status: 'FROZEN' },
    metadata: { reason: 'a test', request_id: 'request-1' },
    occurred_at: '2026-02-03T04:05:06.123456+00:00',
    recorded_at: '2026-02-03T04:05:07.000001+00:00',
    ...changes,
  };
}

/** So many rows. */
export function auditLogs(count: number): AuditLog[] {
  return Array.from({ length: count }, (_, number) => auditLogWith({}, number));
}

/** A seal over rows, with changes to its header that are signed with it. */
export function sealOf(rows: AuditLog[], key: TestSealKey, changes: Partial<SealHeader> = {}): SealDocument {
  const leaves = rows.map(row => leafOf(JSON.stringify(row)));
  const [first, last] = [rows[0], rows.at(-1)] as [AuditLog, AuditLog];
  const header: SealHeader = {
    version: 1,
    number: 1,
    previous_hash: noSealHash,
    root: merkleRoot(leaves).toString('hex'),
    count: rows.length,
    first: { id: first.id, occurred_at: first.occurred_at },
    last: { id: last.id, occurred_at: last.occurred_at },
    key_id: key.id,
    algorithm: 'ECDSA_SHA_256',
    sealed_at: '2026-02-03T04:10:00.5+00:00',
    ...changes,
  };
  return {
    header,
    signature: key.sign(signedText(header)),
    leaves: rows.map((row, place) => [row.id, leaves[place]?.toString('hex') ?? '']),
  };
}
