import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type AuditLogs, createAuditLogs } from '../../lambdas/adapters/audit.ts';
import { type AuditSeals, createAuditSeals } from '../../lambdas/adapters/audit-seals.ts';
import { createAuditSources } from '../../lambdas/adapters/audit-sources.ts';
import { createSealArchive, type SealArchive } from '../../lambdas/adapters/seal-archive.ts';
import { createSealSigner, type SealSigner } from '../../lambdas/adapters/seal-signer.ts';
import { kmsClient } from '../../lambdas/adapters/vault.ts';
import { type SealDocument, sealDocumentText } from '../../lambdas/domain/audit/seal-form.ts';
import type { AuditSources } from '../../lambdas/domain/audit/sources.ts';
import { type Verification, verifyAudit } from '../../lambdas/domain/audit/verify.ts';
import { runSeal, type SealOutcome, type SealPlan } from '../../lambdas/schedules/run-seal.ts';
import { startKms } from '../../local/kms/start-kms.ts';
import { writeAuditLogs } from './audit-rows.ts';
import { startTestArchive, type TestArchive } from './test-archive.ts';
import { openTestBank, type TestBank } from './test-bank.ts';

/** A bank with an audit, the archive of its seals, and the key that signs them. */
export interface AuditBank {
  bank: TestBank;
  s3: TestArchive;
  kms: { url: string; keyId: string };
  logs: AuditLogs;
  seals: AuditSeals;
  archive: SealArchive;
  signer: SealSigner;
  sources: AuditSources;
  /** Writes rows into the audit, with their events, as the worker does. @returns their ids, in the order of sealing. */
  write(rows: number): Promise<string[]>;
  /** Seals what waits, in seals of ten rows unless told. */
  seal(changes?: Partial<SealPlan>): Promise<SealOutcome>;
  verify(): Promise<Verification>;
  /** A seal of the archive. */
  archived(seal: number): Promise<SealDocument>;
  /** Writes into the archive as somebody could whom it does not stop. */
  overwrite(seal: number, text: string): Promise<void>;
  removeArchived(seal: number): Promise<void>;
  /** Runs statements as a superuser whom no trigger stops. */
  tamper(...statements: string[]): Promise<void>;
  close(): Promise<void>;
}

const keyOf = (seal: number) => `seals/${String(seal).padStart(12, '0')}.json`;

/** Opens a bank whose audit is empty. */
export async function openAuditBank(): Promise<AuditBank> {
  const directory = await mkdtemp(join(tmpdir(), 'countinghouse-audit-'));
  const [bank, s3, kms] = await Promise.all([
    openTestBank(),
    startTestArchive(),
    startKms({ directory, keys: [], aliases: [] }),
  ]);
  const client = kmsClient({
    endpoint: kms.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const made = await client.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const keyId = made.KeyMetadata?.Arn ?? '';
  const seals = createAuditSeals(bank.dataApi.database('bank_schedules'));
  const archive = createSealArchive(s3.bucket, s3.client);
  const signer = createSealSigner(keyId, client);
  const sources = createAuditSources(bank.dataApi.database('bank_audit'), archive);
  return {
    bank,
    s3,
    kms: { url: kms.url, keyId },
    logs: createAuditLogs(bank.dataApi.database('bank_audit')),
    seals,
    archive,
    signer,
    sources,
    write: rows => writeAuditLogs(bank.database.pool, rows),
    seal: changes => runSeal({ seals, archive, signer, mayGoOn: () => true, rowsPerSeal: 10, ...changes }),
    verify: async () => verifyAudit({ sources, key: await signer.publicKey() }),
    async archived(seal) {
      return sealDocumentText.parse(await archive.get(seal));
    },
    async overwrite(seal, text) {
      await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: keyOf(seal), Body: text }));
    },
    async removeArchived(seal) {
      await s3.client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: keyOf(seal) }));
    },
    async tamper(...statements) {
      const session = await bank.database.pool.connect();
      try {
        await session.query(`begin; set local session_replication_role = replica`);
        for (const statement of statements) {
          await session.query(statement);
        }
        await session.query('commit');
      } catch (error) {
        await session.query('rollback');
        throw error;
      } finally {
        session.release();
      }
    },
    async close() {
      client.destroy();
      await Promise.all([bank.close(), s3.close(), kms.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
