import type { AuditSeals, UnsealedRow } from '../adapters/audit-seals.ts';
import type { SealArchive } from '../adapters/seal-archive.ts';
import type { SealSigner } from '../adapters/seal-signer.ts';
import { merkleRoot } from '../domain/audit/merkle.ts';
import { isSigned, noSealHash, sealFlaw, signedText } from '../domain/audit/seal.ts';
import { type SealDocument, type SealHeader, sealAlgorithm, sealDocumentText } from '../domain/audit/seal-form.ts';

export interface SealPlan {
  seals: AuditSeals;
  archive: Pick<SealArchive, 'put'>;
  signer: SealSigner;
  /** Whether there is time for another seal. */
  mayGoOn(): boolean;
  /** How many rows a seal has at most. */
  rowsPerSeal?: number;
}

export interface SealOutcome {
  /** Whether no row is left that waited when this was looked for last. */
  done: boolean;
  seals: number;
  rows: number;
}

/** Its leaves are little more than 1 MB, of the 4 MiB that a call of the Data API may carry. */
const ordinaryRowsPerSeal = 10_000;

/**
 * Seals all rows that no seal has, some thousands at a time: archive first, database second. It may be killed at any moment and
 * run again, and several may run at once, for the archive takes one seal of each number. Whoever finds the number taken, by
 * another or by a run that was cut short, completes that seal in the database instead of its own
 * (docs/decisions/0011-audit-is-sealed-off-the-hot-path.md).
 *
 * @throws BankError UNAVAILABLE when a service doesn't answer, and Error when the archive holds something of that number that is
 * not the bank's next seal: somebody has to look.
 */
export async function runSeal({
  seals,
  archive,
  signer,
  mayGoOn,
  rowsPerSeal = ordinaryRowsPerSeal,
}: SealPlan): Promise<SealOutcome> {
  const outcome: SealOutcome = { done: false, seals: 0, rows: 0 };
  while (mayGoOn()) {
    const last = (await seals.lastSeal()) ?? { number: 0, hash: noSealHash };
    const waiting = await waitingRows(seals, rowsPerSeal);
    if (waiting.rows.length === 0) {
      outcome.done = true;
      break;
    }
    const made = await makeSeal(waiting, last, signer);
    const document = await archived(made, last, archive, signer);
    await seals.addSeal(document);
    outcome.seals += 1;
    outcome.rows += document.leaves.length;
  }
  return outcome;
}

interface WaitingRows {
  rows: UnsealedRow[];
  readAt: string;
}

type LastSeal = Pick<SealHeader, 'number'> & { hash: string };

/** The rows of one seal. */
async function waitingRows(seals: AuditSeals, most: number): Promise<WaitingRows> {
  const rows: UnsealedRow[] = [];
  for (;;) {
    const page = await seals.readUnsealed(rows.at(-1));
    rows.push(...page.rows.slice(0, most - rows.length));
    if (page.rows.length === 0 || rows.length === most) {
      return { rows, readAt: page.readAt };
    }
  }
}

async function makeSeal({ rows, readAt }: WaitingRows, last: LastSeal, signer: SealSigner): Promise<SealDocument> {
  const [first, end] = [rows[0], rows.at(-1)];
  if (!first || !end) {
    throw new RangeError('A seal has at least one row');
  }
  const key = await signer.publicKey();
  const header: SealHeader = {
    version: 1,
    number: last.number + 1,
    previous_hash: last.hash,
    root: merkleRoot(rows.map(row => row.leaf)).toString('hex'),
    count: rows.length,
    first: { id: first.id, occurred_at: first.occurred_at },
    last: { id: end.id, occurred_at: end.occurred_at },
    key_id: key.id,
    algorithm: sealAlgorithm,
    sealed_at: readAt,
  };
  const signed = { header, signature: await signer.sign(signedText(header)) };
  if (!isSigned(signed, key)) {
    // What goes into the archive stays there.
    throw new Error('The signature does not verify with the public key');
  }
  return { ...signed, leaves: rows.map(row => [row.id, row.leaf.toString('hex')]) };
}

/** Puts a seal into the archive. @returns the seal that is there: this one, or the one that was first. */
async function archived(
  made: SealDocument,
  last: LastSeal,
  archive: SealPlan['archive'],
  signer: SealSigner,
): Promise<SealDocument> {
  const { number } = made.header;
  const document = sealDocumentText.safeParse(await archive.put(number, JSON.stringify(made))).data;
  const place = { number, previousHash: last.hash, key: await signer.publicKey() };
  const flaw = document ? sealFlaw(document, place) : 'SEAL_UNREADABLE';
  if (!document || flaw) {
    throw new Error(
      `The archive holds something else than the bank's seal ${number} (${flaw}): nothing more is sealed`,
    );
  }
  return document;
}
