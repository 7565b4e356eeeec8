import { type AuditFault, type Finding, faultSentences } from './fault.ts';
import type { SealKey } from './seal.ts';
import type { AuditSources } from './sources.ts';
import { hashBefore, verifySeal } from './verify-seal.ts';

/** Where a verification begins or goes on: first seal by seal; when these are done, all rows against their events, by their ids. */
export interface VerificationPlace {
  /** The next seal; those before it are intact. */
  seal: number;
  /** The next row, when there is no next seal. */
  row?: string;
}

/** What a verification has found so far. */
export interface Verification {
  /** Seals that are intact, and the rows in them. */
  seals: number;
  rows: number;
  /** Rows that are not sealed yet, as far as rows were held against their events. */
  unsealed: number;
  fault: AuditFault | undefined;
  place: VerificationPlace;
  /** Whether all was looked at, from where it began. */
  complete: boolean;
}

export interface VerificationOptions {
  sources: AuditSources;
  /** The only key that seals may be signed with. */
  key: SealKey;
  from?: VerificationPlace;
  /** Asked before each step but the first; without it, everything is looked at. */
  mayGoOn?(): boolean;
  /** Told after each step. */
  progress?(soFar: Verification): void;
}

/** No id is below it. */
const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * Recomputes the audit from its rows: every hash, root, signature and link of the chain, the database against the archive, and
 * every row against the event that it tells of. Ends at the first fault, or when it may not go on. Seals nothing.
 */
export async function verifyAudit({
  sources,
  key,
  from = { seal: 1 },
  mayGoOn = () => true,
  progress = () => undefined,
}: VerificationOptions): Promise<Verification> {
  const soFar: Verification = { seals: 0, rows: 0, unsealed: 0, fault: undefined, place: from, complete: false };
  let previousHash: string | undefined;
  do {
    const { seal, row } = soFar.place;
    if (row === undefined) {
      const step = await stepOverSeal(sources, soFar, previousHash, key);
      previousHash = step.hash;
      soFar.fault = await told(sources, step.finding);
    } else {
      const { unsealed, fault, next } = await sources.compareWithEvents(row);
      soFar.unsealed += unsealed;
      soFar.fault = await told(sources, fault && { kind: fault.kind, row: fault.id });
      soFar.place = next === undefined ? { seal } : { seal, row: next };
      soFar.complete = next === undefined && !fault;
    }
    progress(soFar);
  } while (!soFar.complete && !soFar.fault && mayGoOn());
  return soFar;
}

interface SealStep {
  finding?: Finding;
  /** Of the seal that was stepped over. */
  hash?: string;
}

async function stepOverSeal(
  sources: AuditSources,
  soFar: Verification,
  previousHash: string | undefined,
  key: SealKey,
): Promise<SealStep> {
  const { seal: number } = soFar.place;
  const before = previousHash === undefined ? await hashBefore(sources, number, key) : { hash: previousHash };
  if ('finding' in before) {
    return before;
  }
  const verdict = await verifySeal(sources, { number, previousHash: before.hash, key });
  switch (verdict.state) {
    case 'faulty':
      return { finding: verdict.finding };
    case 'intact':
      soFar.seals += 1;
      soFar.rows += verdict.rows;
      soFar.place = { seal: number + 1 };
      return { hash: verdict.hash };
    default:
      soFar.place = { seal: number, row: lowestId };
      return {};
  }
}

async function told(sources: AuditSources, finding: Finding | undefined): Promise<AuditFault | undefined> {
  return (
    finding && {
      kind: finding.kind,
      message: faultSentences[finding.kind],
      seal_number: finding.seal ?? null,
      audit_log_id: finding.row ?? null,
      about: (finding.row !== undefined && (await sources.describe(finding.row))) || null,
    }
  );
}
