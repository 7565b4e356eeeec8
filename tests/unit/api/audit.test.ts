import { describe, expect, test, vi } from 'vitest';
import type { ListAuditLogs } from '../../../lambdas/adapters/audit.ts';
import type { ListReconciliations } from '../../../lambdas/adapters/reconciliations.ts';
import { getAuditLog } from '../../../lambdas/api/audit/get-audit-log.ts';
import { getReconciliation } from '../../../lambdas/api/audit/get-reconciliation.ts';
import { getSealPublicKey } from '../../../lambdas/api/audit/get-seal-public-key.ts';
import { listAuditLogs } from '../../../lambdas/api/audit/list-audit-logs.ts';
import { listReconciliations } from '../../../lambdas/api/audit/list-reconciliations.ts';
import { proveAuditLog } from '../../../lambdas/api/audit/prove-audit-log.ts';
import { decodePlace, encodePlace } from '../../../lambdas/api/audit/verification-cursor.ts';
import { verifyAudit } from '../../../lambdas/api/audit/verify-audit.ts';
import { inclusionProof } from '../../../lambdas/domain/audit/inclusion-proof.ts';
import { leafOf } from '../../../lambdas/domain/audit/leaf.ts';
import type { SealDocument } from '../../../lambdas/domain/audit/seal-form.ts';
import type { AuditSources } from '../../../lambdas/domain/audit/sources.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import type { Handler } from '../../../lambdas/runtime/http/handle.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { send } from '../support/fakes.ts';

import { reconciliationWith } from '../support/reconciliations.ts';
import { accountId } from '../support/records.ts';
import { auditLogWith, auditLogs as rowsOf, sealKey, sealOf } from '../support/seals.ts';

const key = sealKey();
const rows = rowsOf(3);
const row = auditLogWith({}, 1);
const seal = sealOf(rows, key);

/** A database and an archive that both hold the one seal. */
function sourcesOf(archived: SealDocument): AuditSources {
  return {
    keptSeal: async from => (from === 1 ? { header: seal.header, signature: seal.signature } : undefined),
    async *keptLeaves() {
      yield seal.leaves.map(([id, hash], position) => ({ id, position, hash, ofRow: hash }));
    },
    async *waitingRows() {},
    archivedSeal: async number => (number === 1 ? JSON.stringify(archived) : undefined),
    firstArchived: async from => (from === 1 ? 1 : undefined),
    compareWithEvents: async () => ({ unsealed: 2, fault: undefined, next: undefined }),
    describe: async () => undefined,
  };
}

const { findings: _, ...summary } = reconciliationWith();

/** What the handlers need, of which every call succeeds. */
function capability(archived = seal) {
  const found = { auditLog: row, leaf: leafOf(JSON.stringify(row)), sealNumber: 1 as number | undefined };
  return {
    auditLogs: {
      listAuditLogs: vi.fn(async (_request: ListAuditLogs) => ({ audit_logs: rows, next_cursor: 'next' })),
      readAuditLog: vi.fn(async () => found),
      admitAuditor: vi.fn(async () => undefined),
    },
    reconciliations: {
      listReconciliations: vi.fn(async (_request: ListReconciliations) => ({
        reconciliations: [summary],
        next_cursor: 'next',
      })),
      readReconciliation: vi.fn(async (_id: string) => ({ ...summary, findings: [] })),
    },
    archive: { get: vi.fn(async (_number: number): Promise<string | undefined> => JSON.stringify(archived)) },
    sources: sourcesOf(archived),
    signer: { publicKey: async () => key },
    mayGoOn: () => true,
  };
}

type Capability = ReturnType<typeof capability>;

const ask = (handler: Handler<Capability>, request = {}, dependencies = capability(), group = 'auditor') =>
  send(handler, dependencies, { claims: claimsOf(group), params: { id: row.id }, ...request });

describe.each([
  ['the list', listAuditLogs, ['auditor', 'compliance', 'admin']],
  ['a row', getAuditLog, ['auditor', 'compliance', 'admin']],
  ['a proof', proveAuditLog, ['auditor', 'compliance', 'admin']],
  ['the public key', getSealPublicKey, ['auditor', 'compliance', 'admin']],
  ['the verification', verifyAudit, ['auditor', 'admin']],
])('%s', (_what, handler, allowed) => {
  test.each(['customer', 'teller', 'analyst', 'auditor', 'compliance', 'admin'])('for a %s', async group => {
    const asking = ask(handler, {}, capability(), group).then(
      ({ statusCode }) => statusCode,
      (error: BankError) => error.code,
    );
    expect(await asking).toBe(allowed.includes(group) ? 200 : 'FORBIDDEN');
  });
});

describe('the list', () => {
  test('passes on what is asked for', async () => {
    const dependencies = capability();
    const filter = {
      entity_type: 'account',
      entity_id: accountId,
      actor_id: customerId,
      action: 'AccountFrozen',
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00.123456+01:00',
    };
    const { json } = await ask(listAuditLogs, { query: { ...filter, limit: '7', cursor: 'abc' } }, dependencies);
    expect(json).toEqual({ audit_logs: rows, next_cursor: 'next' });
    expect(dependencies.auditLogs.listAuditLogs.mock.calls[0]?.[0]).toMatchObject({
      ...filter,
      limit: 7,
      cursor: 'abc',
    });
  });

  test.each([
    ['entity_type', "account' or 1=1"],
    ['entity_id', 'none'],
    ['actor_id', '1'],
    ['action', ''],
    ['from', '2026-01-01'],
    ['from', '2026-02-30T00:00:00Z'],
    ['from', '0000-01-01T00:00:00Z'],
    ['to', '2026-01-01T00:00:00'],
    ['to', '2026-01-01T00:00:00+15:00'],
    ['to', '2026-01-01T00:00:00.1234567Z'],
    ['to', 'infinity'],
    ['limit', '0'],
    ['cursor', '?'],
    ['user', 'x'],
  ])('refuses %s=%s', async (field, value) => {
    expect(await refusedFields(() => ask(listAuditLogs, { query: { [field]: value } }))).toEqual([field]);
  });
});

describe('a proof', () => {
  test('has the row, its place, its path, and the signed header of its seal', async () => {
    const { json } = await ask(proveAuditLog);
    expect(inclusionProof.parse(json)).toEqual(json);
    expect(json).toMatchObject({ audit_log: row, leaf_index: 1, header: seal.header, signature: seal.signature });
  });

  test('of a row that is not sealed yet is there in five minutes at the latest', async () => {
    const dependencies = capability();
    const { auditLog, leaf } = await dependencies.auditLogs.readAuditLog();
    dependencies.auditLogs.readAuditLog.mockResolvedValue({ auditLog, leaf, sealNumber: undefined });
    const error = await bankErrorOf(() => ask(proveAuditLog, {}, dependencies));
    expect([error.code, error.status, error.details.retryAfter]).toEqual(['NOT_SEALED_YET', 409, 300]);
    expect(dependencies.archive.get).not.toHaveBeenCalled();
  });

  test.each([
    ['whose seal the archive has otherwise', JSON.stringify(sealOf(rowsOf(1), key))],
    ['whose seal the archive lacks', undefined],
    ['whose seal is no seal', '{}'],
  ])('of a row %s is refused, and says where to look', async (_what, archived) => {
    const dependencies = capability();
    dependencies.archive.get.mockResolvedValue(archived);
    const error = await bankErrorOf(() => ask(proveAuditLog, {}, dependencies));
    expect([error.code, error.status]).toEqual(['AUDIT_LOG_ALTERED', 409]);
    expect(error.message).toMatch(/seal 1 .*Verify the audit/);
  });
});

test('the public key is answered in PEM, with its id and algorithm', async () => {
  const { json } = await ask(getSealPublicKey);
  expect(json).toEqual({ key_id: key.id, algorithm: 'ECDSA_SHA_256', public_key: key.pem });
});

describe('the verification', () => {
  test('of an intact audit is complete', async () => {
    expect((await ask(verifyAudit)).json).toEqual({
      intact: true,
      complete: true,
      seals: 1,
      rows: 3,
      unsealed: 2,
      checked_up_to: 1,
      first_fault: null,
      next_cursor: null,
    });
  });

  test('that has no time for all of it is gone on with by its cursor', async () => {
    const short = { ...capability(), mayGoOn: () => false };
    const first = (await ask(verifyAudit, {}, short)).json;
    expect(first).toMatchObject({ intact: true, complete: false, seals: 1, rows: 3, unsealed: 0, checked_up_to: 1 });
    const second = (await ask(verifyAudit, { query: { cursor: first.next_cursor } }, short)).json;
    expect(second).toMatchObject({ complete: false, seals: 0, checked_up_to: 1 });
    const third = (await ask(verifyAudit, { query: { cursor: second.next_cursor } }, short)).json;
    expect(third).toMatchObject({ complete: true, unsealed: 2, checked_up_to: 1, next_cursor: null });
  });

  test('that finds a fault names it, and has no more to look at', async () => {
    const { json } = await ask(verifyAudit, {}, capability({ ...seal, signature: 'AAAA' }));
    expect(json).toMatchObject({ intact: false, complete: false, checked_up_to: 0, next_cursor: null });
    expect(json.first_fault).toEqual({
      kind: 'SEAL_NOT_SIGNED',
      message: "the seal is not signed by the bank's key",
      seal_number: 1,
      audit_log_id: null,
      about: null,
    });
  });

  test('admits its caller before it reads anything', async () => {
    const dependencies = capability();
    const refusal = new BankError('USER_DISABLED');
    dependencies.auditLogs.admitAuditor.mockRejectedValue(refusal);
    dependencies.sources.archivedSeal = vi.fn();
    await expect(ask(verifyAudit, {}, dependencies)).rejects.toBe(refusal);
    await expect(ask(getSealPublicKey, {}, dependencies)).rejects.toBe(refusal);
    expect(dependencies.sources.archivedSeal).not.toHaveBeenCalled();
  });

  test('keeps its place in its cursor', () => {
    for (const place of [{ seal: 1 }, { seal: 2_000_000_000 }, { seal: 3, row: row.id }]) {
      expect(decodePlace(encodePlace(place))).toEqual(place);
    }
  });

  test.each([
    ['["verification",0,null]'],
    ['["verification",1.5,null]'],
    ['["verification",99999999999,null]'],
    ['["verification",1,"x"]'],
    ['["audit-logs",1,null]'],
    ['["verification",1]'],
    ['null'],
    ['nothing'],
  ])('refuses the cursor %s', async text => {
    const cursor = Buffer.from(text).toString('base64url');
    expect(await refusedFields(() => ask(verifyAudit, { query: { cursor } }))).toEqual(['cursor']);
  });
});

describe('the runs of the reconciliation', () => {
  test.each(['auditor', 'admin'])('are listed for the role %s, a page of them', async group => {
    const dependencies = capability();
    const { statusCode, json } = await ask(listReconciliations, { query: { limit: '7' } }, dependencies, group);
    expect([statusCode, json]).toEqual([200, { reconciliations: [summary], next_cursor: 'next' }]);
    const [request] = dependencies.reconciliations.listReconciliations.mock.calls[0] ?? [];
    expect(request).toMatchObject({ limit: 7, cursor: undefined });
  });

  test('are read one by one, with what they found', async () => {
    const { statusCode, json } = await ask(getReconciliation, { params: { id: summary.id } });
    expect([statusCode, json]).toEqual([200, { ...summary, findings: [] }]);
  });

  test.each(['customer', 'teller', 'analyst', 'compliance'])('are not for the role %s', async group => {
    await expect(ask(listReconciliations, {}, capability(), group)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
