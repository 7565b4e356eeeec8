import type { SsnIndexes, UnindexedSsn } from '../adapters/ssn-indexes.ts';
import type { Vault } from '../adapters/vault.ts';

export interface ReindexPlan {
  /** Names the run in the events. */
  runId: string;
  indexes: SsnIndexes;
  vault: Vault;
  /** The versions of the HMAC keys in use, oldest first. */
  keyVersions: readonly number[];
  /** Whether there is time for another batch. */
  mayGoOn(): boolean;
  batchSize?: number;
}

export interface ReindexOutcome {
  /** Whether every customer was looked at. If not, run it again. */
  done: boolean;
  added: number;
  /** Rows removed that were made under keys no longer in use. */
  retired: number;
  /** Customers whose number is another's too: staff must find out whose it is. */
  duplicates: string[];
}

/**
 * Brings the blind index up to the newest key, a batch at a time. What has been added stays, so it may be killed at any
 * moment and run again, or run twice at once. Meanwhile duplicates are refused as ever: new customers are written under
 * the old key and the new one (docs/decisions/0008-blind-index-per-key.md).
 *
 * @throws BankError UNAVAILABLE when KMS or the database doesn't answer; KMS's own error for a ciphertext that does not decrypt.
 */
export async function runReindex({
  runId,
  indexes,
  vault,
  keyVersions,
  mayGoOn,
  batchSize = 25,
}: ReindexPlan): Promise<ReindexOutcome> {
  const newest = Math.max(...keyVersions);
  const run = { id: runId, key_version: newest };
  const outcome: ReindexOutcome = { done: false, added: 0, retired: 0, duplicates: [] };
  let after: string | null = null;
  while (mayGoOn()) {
    const batch: UnindexedSsn[] = await indexes.listUnindexed(run, after, batchSize);
    const last = batch.at(-1);
    if (!last) {
      outcome.done = true;
      outcome.retired = await indexes.retireIndexes(run, [...keyVersions]);
      break;
    }
    const entries = await Promise.all(batch.map(entry => indexOf(entry, vault, newest)));
    const { added, duplicates } = await indexes.addIndexes(run, entries);
    outcome.added += added;
    outcome.duplicates.push(...duplicates);
    after = last.customer_id;
  }
  return outcome;
}

async function indexOf({ customer_id, ciphertext }: UnindexedSsn, vault: Vault, version: number) {
  const indexes = await vault.ssnIndexes(await vault.decryptSsn(ciphertext, customer_id));
  const mac = indexes.find(index => index.key_version === version)?.mac;
  if (mac === undefined) {
    throw new Error(`The vault has no key of version ${version}`);
  }
  return { customer_id, mac };
}
